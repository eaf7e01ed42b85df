import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { main } from '../../cli/main'
import paper from '../../data/paper.json'
import { summaryCounts } from '../../lib/counts/summary-counts'
import {
  agrees,
  type Example,
  type Examples,
  FIGURE_IDS,
  type FigureId,
  type FigureInput,
} from '../../lib/figures/figure'
import { buildFigure, buildFigures, caption, verdict } from '../../lib/figures/figures'
import { comparisonCsv, figureCsv } from '../../lib/figures/files'
import { logShares } from '../../lib/figures/log-shares'
import { figureSvg, svgToPdf, svgToPng } from '../../lib/figures/render.node.ts'
import type { Dimensions } from '../../lib/filter/dimensions'
import type { Filter } from '../../lib/filter/filter'
import { resolveFilter } from '../../lib/filter/selection'
import { countRows } from '../../lib/queries/count-rows'
import { type ExampleChoice, exampleImagesSql } from '../../lib/queries/example-images'
import { fakeEffects } from '../cli/fake-effects'
import { type RandomRelease, randomRelease } from '../random-release'

const MANIFEST = {
  id: 'a'.repeat(64),
  name: 'test',
  simulated: true,
  created: '2026-01-02T00:00:00Z',
}

let release: RandomRelease
beforeAll(async () => {
  release = await randomRelease(3)
})
afterAll(() => release.staging.dispose())

async function inputOf(filter: Filter = {}): Promise<FigureInput> {
  const { dimensions, staging } = release
  const counts = await countRows(staging.engine, dimensions, filter)
  return { manifest: MANIFEST, counts, dimensions, filter, date: '2026-01-02', examples: EXAMPLES }
}

const example = (region: string, modality: string, imageId: number): Example => ({
  region,
  modality,
  imageId,
  images: 9,
  dataset: 'A',
  file: `images/${imageId}.png`,
  labels: ['a<b', 'c'],
  picture: DOT,
  fault: null,
})

/** One black pixel. */
const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='

const EXAMPLES: Examples = {
  store: 'directory',
  items: [
    ...['MR', 'CT', 'X-ray', 'Ultrasound'].map((name, i) => example('Head and Neck', name, i)),
    example('Thorax', 'CT', 4),
    { ...example('Pelvic', 'MR', 5), picture: null, fault: 'images/5.png: not there' },
    { ...example('Unassigned', 'PET', 6), labels: [] },
  ],
}

/** The paper's own numbers as if a manifest had them. */
function published(): FigureInput {
  const names = paper.datasetsByStructure.rows.flatMap(({ structure, datasets }) =>
    Array.from({ length: datasets }, (_, i) => [i, structure] as const),
  )
  const structures = new Map<number, string[]>()
  for (const [i, structure] of names) structures.set(i, [...(structures.get(i) ?? []), structure])
  // In each bin so many datasets as the paper counts; a dataset has two numbers, of two bins.
  const numbers = (key: 'byImages' | 'byMasks') =>
    paper.datasetsBySize.bins.flatMap(bin => Array.from({ length: bin[key] }, () => bin.lo + 1))
  const [images, masks] = [numbers('byImages'), numbers('byMasks')]
  const dataset = images.map((n, i) => ({ value: `d${i}`, images: n, masks: masks[i] ?? 0 }))
  const dimensions: Dimensions = {
    datasets: dataset.map(({ value }, i) => ({
      dataset_id: i,
      dataset: value,
      is_released: null,
      structures: structures.get(i)?.join('|') ?? null,
    })),
    submodalities: [],
    labels: [],
  }
  const { totals } = paper
  const known = {
    modality: paper.modalities.rows.map(({ modality: value, ...n }) => ({ value, ...n })),
    dataset,
    datasetStructure: paper.samplesByStructure.rows.map(({ structure, ...n }) => ({
      value: structure,
      ...n,
    })),
  }
  return {
    manifest: MANIFEST,
    dimensions,
    filter: {},
    date: '2026-01-02',
    counts: summaryCounts({
      totals: { ...totals, labels: 0, organs: 0, cases: 0, patients: 0, bytes: 0, sizedImages: 0 },
      facets: known,
      areas: [],
      sizes: [],
    }),
  }
}

test('with the published numbers every comparison agrees; with one less, one does not', () => {
  const figures = buildFigures(published()).filter(({ id }) => id !== 'anatomy')
  const compared = figures.flatMap(figure => figure.comparison)
  expect(compared.length).toBe(20 + 20 + 12 + 6 + 12 + 2)
  expect(compared.filter(one => !agrees(one))).toEqual([])
  const input = published()
  const modality = input.counts.facets.modality.map((row, i) =>
    i === 0 ? { ...row, images: row.images - 1 } : row,
  )
  const facets = { ...input.counts.facets, modality }
  const wrong = buildFigure('modality-table', { ...input, counts: { ...input.counts, facets } })
  expect(wrong.comparison.filter(one => !agrees(one))).toHaveLength(1)
  expect(verdict(wrong)).toEqual({ ok: false, text: '19 of 20 printed numbers agree' })
})

test('shares follow the paper’s rule', () => {
  const shares = logShares(paper.modalities.rows.map(row => row.images))
  expect(shares.map(share => share?.toFixed(2))).toEqual(
    paper.modalities.rows.map(row => row.logImagesPct.toFixed(2)),
  )
  expect(logShares([0, 1])).toEqual([null, null])
})

test('under a filter nothing is compared, and the caption says so', async () => {
  const input = await inputOf({ axis: ['x'] })
  for (const figure of buildFigures(input)) {
    expect(figure.comparison).toEqual([])
    expect(caption(figure, input)).toContain('filter axis=x, so nothing is compared')
    expect(caption(figure, input)).toContain('simulated')
  }
})

/** Figures whose rows are no SQL of the manifest's tables alone. */
type WithoutRowSql = 'size-comparison' | 'example-images'

/** Columns that the SQL of a figure has under the same names. */
const SQL_KEYS: Record<Exclude<FigureId, WithoutRowSql>, readonly string[]> = {
  'modality-table': ['modality', 'images', 'masks'],
  'modality-donut': ['modality', 'images', 'masks'],
  'datasets-by-size': ['bin', 'by_images', 'by_masks'],
  'datasets-by-structure': ['structure', 'datasets'],
  'samples-by-structure': ['structure', 'images', 'masks'],
  'masks-by-structure': ['structure', 'images', 'masks'],
  'structures-symlog': ['structure', 'images', 'masks', 'datasets'],
  anatomy: ['organ', 'images', 'masks'],
  'label-distribution': ['label', 'images', 'masks'],
  'sizes-and-areas': ['kind', 'width_bin', 'height_bin', 'area_bin', 'count'],
}

const COUNT_KEYS = ['images', 'masks', 'datasets', 'by_images', 'by_masks', 'count']

test.each(Object.entries(SQL_KEYS))('the SQL of %s gives its rows', async (id, keys) => {
  const figure = buildFigure(id as FigureId, await inputOf())
  // What has nothing is a row of the figure only.
  const counted = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows
      .filter(row => COUNT_KEYS.some(key => Number(row[key] ?? 0) > 0))
      .map(row => keys.map(key => row[key]))
      .sort((a, b) => (String(a) < String(b) ? -1 : 1))
  const found = await release.staging.engine.rows<Record<string, unknown>>({
    text: figure.sql,
    params: [],
  })
  expect(counted(found).length).toBeGreaterThan(0)
  expect(counted(found)).toEqual(counted(figure.rows))
})

describe('pictures', () => {
  test.each(FIGURE_IDS)('%s is drawn as stored', async id => {
    const svg = await figureSvg(buildFigure(id, await inputOf()))
    await expect(svg).toMatchFileSnapshot(`expected/${id}.svg`)
  })

  test('two runs write the same bytes, at 300 dpi, and a PDF holds its font', async () => {
    const figure = buildFigure('modality-table', await inputOf())
    const svg = (await figureSvg(figure)) as string
    const png = Buffer.from(svgToPng(svg))
    expect(png.equals(Buffer.from(svgToPng(svg)))).toBe(true)
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1])
    expect(png.readUInt32BE(16)).toBe(Math.round((width * 300) / 96))
    // Pixels per metre, as pHYs says it; a reader of its own finds the same.
    expect((await sharp(png).metadata()).density).toBe(300)
    const date = new Date('2026-01-02T00:00:00Z')
    const [one, two] = [await svgToPdf(svg, 'x', date), await svgToPdf(svg, 'x', date)]
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true)
    expect(Buffer.from(one).toString('latin1')).toMatch(/\/FontFile2/)
  })

  test('nothing to show is a reason, not a picture', async () => {
    const none = await inputOf({ modality: ['nonsense'] })
    for (const id of ['modality-donut', 'label-distribution', 'sizes-and-areas'] as const) {
      const figure = buildFigure(id, none)
      expect(figure.gap, id).toBeTruthy()
      expect(await figureSvg(figure), id).toBeNull()
    }
  })
})

describe('example images', () => {
  test('a picture that cannot be shown is a frame, and the reason is said', async () => {
    const figure = buildFigure('example-images', await inputOf())
    expect(figure.gap).toBe('1 of 7 pictures cannot be shown, such as: images/5.png: not there')
    const svg = (await figureSvg(figure)) as string
    expect(svg.match(/<image /g)).toHaveLength(6)
    expect(svg.match(/no picture/g)).toHaveLength(1)
    expect(svg).toContain('a&lt;b +1')
    expect(svg).not.toContain('a<b')
    const none = { ...EXAMPLES, store: null }
    const without = buildFigure('example-images', { ...(await inputOf()), examples: none })
    expect(without.gap).toContain('No image store is connected')
  })

  test.each<[string, Filter]>([
    ['all', {}],
    ['a filter', { axis: ['x', 'y'], lesion: ['0'] }],
  ])('of %s: one for each region and modality that rows have', async (_, filter) => {
    const { dimensions, images, staging } = release
    const choices = await staging.engine.rows<ExampleChoice>(
      exampleImagesSql(resolveFilter(filter, dimensions)),
    )
    const labels = new Map(dimensions.labels.map(row => [row.label_id, row]))
    const modalities = new Map(dimensions.submodalities.map(row => [row.submodality_id, row]))
    const found = new Map<string, Set<number>>()
    for (const { image_id, submodality_id, axis_id, masks } of images) {
      if (filter.axis && axis_id > 1) continue
      for (const { label_id } of masks) {
        const label = labels.get(label_id)
        if (!label || label.is_union || (filter.lesion && label.is_lesion)) continue
        const key = `${label.region ?? 'Unassigned'} ${modalities.get(submodality_id)?.modality}`
        found.set(key, (found.get(key) ?? new Set()).add(image_id))
      }
    }
    expect(choices.length).toBeGreaterThan(2)
    const chosen = new Map(choices.map(row => [`${row.region} ${row.modality}`, row]))
    for (const [key, { image_id, images: from }] of chosen) {
      expect(found.get(key), key).toContain(image_id)
      expect(from, key).toBe(found.get(key)?.size)
    }
    // Images without a region stand in only where nothing else does.
    for (const key of found.keys())
      if (!key.startsWith('Unassigned')) expect(chosen.has(key), key).toBe(true)
  })

  test('the SQL that is shown chooses the same', async () => {
    const { dimensions, staging } = release
    const { sql } = buildFigure('example-images', await inputOf())
    expect(await staging.engine.rows({ text: sql, params: [] })).toEqual(
      await staging.engine.rows(exampleImagesSql(resolveFilter({}, dimensions))),
    )
  })
})

test('rows and comparison become CSV with units', () => {
  const figure = buildFigure('datasets-by-structure', published())
  expect(figureCsv(figure)).toMatch(/^structure,datasets \(datasets\)\nHead and Neck,51\n/)
  expect(comparisonCsv([figure])).toContain(
    'datasets-by-structure,Head and Neck,datasets,51,printed,0,51,0,yes',
  )
})

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('the command', () => {
  const MANIFEST_DIR = 'manifests/test'
  async function run(...args: string[]) {
    const effects = fakeEffects()
    const code = await main(['figures', '--manifest', MANIFEST_DIR, ...args], effects)
    return { code, output: effects.output(), lines: effects.lines.join('\n') }
  }

  test('writes every file, twice the same, and --check names what differs at a hundredth', async () => {
    const root = await mkdtemp(join(tmpdir(), 'samed2d-figures-'))
    onTestFinished(() => rm(root, { recursive: true }))
    const out = join(root, 'figures')
    expect((await run('--out', out)).code).toBe(0)
    const names = (await readdir(out)).sort()
    for (const id of FIGURE_IDS)
      for (const extension of ['svg', 'png', 'pdf', 'csv', 'sql', 'txt'])
        expect(names).toContain(`${id}.${extension}`)
    const read = async () =>
      Object.fromEntries(
        await Promise.all(names.map(async name => [name, hashOf(await readFile(join(out, name)))])),
      )
    const first = await read()
    expect((await run('--out', out)).code).toBe(0)
    expect(await read()).toEqual(first)
    const { code, lines } = await run('--check')
    expect(code).toBe(1)
    expect(lines).toMatch(
      /published numbers? of \d+ differ:\n {2}modality-table: CT, images: published 2338753/,
    )
  }, 60_000)

  test('pictures are drawn out of the store; without one there is a reason', async () => {
    const root = await mkdtemp(join(tmpdir(), 'samed2d-figures-'))
    onTestFinished(() => rm(root, { recursive: true }))
    const out = join(root, 'figures')
    const svg = () => readFile(join(out, 'example-images.svg'), 'utf8')
    // Simulated manifests have phantoms unless told otherwise.
    expect((await run('--out', out)).output).not.toContain('partial example-images')
    expect((await svg()).match(/data:image\/png;base64,iVBOR/g)?.length).toBeGreaterThan(10)
    expect(await readFile(join(out, 'example-images.txt'), 'utf8')).toContain('phantoms')
    expect((await run('--out', out, '--images', 'none')).output).toContain(
      'partial example-images: No image store is connected',
    )
    expect(await svg()).not.toContain('<image')
    const missing = await run('--out', out, '--images', join(root, 'nothing'))
    expect(missing.code).toBe(1)
  }, 60_000)

  test('a folder with other files is left alone', async () => {
    const root = await mkdtemp(join(tmpdir(), 'samed2d-figures-'))
    onTestFinished(() => rm(root, { recursive: true }))
    await writeFile(join(root, 'thesis.tex'), 'x')
    const { code, lines } = await run('--out', root)
    expect(code).toBe(1)
    expect(lines).toContain('has 1 file that this command did not write, such as thesis.tex')
    expect(await readdir(root)).toEqual(['thesis.tex'])
  }, 60_000)

  test('an unknown filter and a missing goal are wrong usage', async () => {
    expect((await run('--check', '--where', 'modality=XX')).code).toBe(2)
    expect((await run()).code).toBe(2)
  })
})
