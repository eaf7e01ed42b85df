import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Stats, stats } from '../../cli/stats'
import type { Dimensions } from '../../lib/filter/dimensions'
import { parseFilter } from '../../lib/filter/query-string'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { AXES, type Axis } from '../../lib/manifest/tables'
import { readDimensions } from '../../lib/queries/dimensions'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { fakeEffects } from '../cli/fake-effects'
import { startRangeServer } from '../fixtures/range-server'
import { indexText } from '../fixtures/release'
import { naive } from '../naive'
import type { RandomImage } from '../random-release'
import { decodeMask, sizeOf } from './decode-picture'
import { type FetchRelease, runFetch } from './fetch/fetch-release'
import { contents, LAYOUTS, picturesIn, sorted, target } from './fetch/fetch-target'
import { PICTURE_SPEC, pictureRelease } from './picture-release'

let release: FetchRelease
let rows: Row[]
let dimensions: Dimensions
beforeAll(async () => {
  release = await pictureRelease()
  const { engine } = await openManifest(release.manifest)
  dimensions = await readDimensions(engine)
  engine.close()
  rows = await rowsOf(release)
  return release.remove
})

/** An image as the release's names and pictures tell it, and nothing of the manifest's rows. */
interface Row extends RandomImage {
  readonly path: string
  readonly case_name: string
  readonly masks: (RandomImage['masks'][number] & { readonly path: string })[]
}

const IMAGE = /^images\/([^-]+)--(Unheard--of|[^-]+)--(.+)--(x|y|z|2d)_(?:\d+|none)\.png$/
const MASK = /--(\d{4})_(\d+)\.png$/

const rowsOf = ({ contentOf }: FetchRelease): Promise<Row[]> =>
  Promise.all(
    PICTURE_SPEC.index.map(async ([path, masks], image_id) => {
      const [, submodality, dataset = '', case_name = '', axis] = IMAGE.exec(path) ?? []
      const { width, height } = await sizeOf(contentOf(path))
      const classes: Record<string, string> =
        PICTURE_SPEC.classMap[dataset as keyof typeof PICTURE_SPEC.classMap]
      return {
        path,
        image_id,
        width,
        height,
        case_name,
        case_id: 0,
        bytes: null,
        flags: [],
        dataset_id: dimensions.datasets.findIndex(row => row.dataset === dataset),
        submodality_id: dimensions.submodalities.findIndex(row => row.submodality === submodality),
        axis_id: AXES.indexOf(axis as Axis),
        masks: await Promise.all(
          masks.map(async mask => {
            const [, classId, instance] = MASK.exec(mask) ?? []
            const label = Object.keys(classes).find(name => classes[name] === classId)
            return {
              path: mask,
              label_id: dimensions.labels.findIndex(row => row.label === label),
              instance: Number(instance),
              area: (await decodeMask(contentOf(mask))).pixels.reduce((sum, one) => sum + one, 0),
            }
          }),
        ),
      }
    }),
  )

interface Found {
  readonly images: number
  readonly masks: number
  readonly cases: number
  readonly datasets: number
}

/** What a filter selects, an image at a time. */
function scan(where: string): { counts: Found; paths: string[] } {
  const { filter, problems } = parseFilter(where)
  expect(problems).toEqual([])
  const selected = rows.flatMap(row => {
    const one = naive(row, filter, dimensions)
    return one.selected ? [{ row, masks: one.masks as Row['masks'] }] : []
  })
  return {
    counts: {
      images: selected.length,
      masks: selected.reduce((sum, { masks }) => sum + masks.length, 0),
      cases: new Set(selected.map(({ row }) => `${row.dataset_id} ${row.case_name}`)).size,
      datasets: new Set(selected.map(({ row }) => row.dataset_id)).size,
    },
    paths: selected.flatMap(({ row, masks }) => [row.path, ...masks.map(mask => mask.path)]),
  }
}

async function countsOf(manifest: string, where = ''): Promise<Found> {
  const effects = fakeEffects()
  await stats({ manifest, where, json: true }, effects)
  const { images, masks, cases, datasets }: Stats = JSON.parse(effects.output())
  return { images, masks, cases, datasets }
}

const FILTERS = [
  '',
  'modality=CT',
  'label=liver',
  'label.all=liver,spleen',
  'dataset=!BTCV',
  'width=32..48&height=..30',
  'area=0.05..0.12',
  'axis=z,2d&union=0&label=!aorta',
  'masks=..0',
]

test('the filters select different things, and none nothing or all but the first', () => {
  const all = rows.reduce((sum, { masks }) => sum + 1 + masks.length, 0)
  const found = FILTERS.map(where => scan(where).paths)
  expect(found[0]).toHaveLength(all)
  for (const [i, paths] of found.entries())
    if (i > 0) expect(paths.length > 0 && paths.length < all, FILTERS[i]).toBe(true)
  expect(new Set(found.map(String)).size).toBe(FILTERS.length)
})

describe.each(LAYOUTS)('%s', layout => {
  test.each(FILTERS)(
    'filter → fetch over HTTP → ingest gives the counts of the filter: "%s"',
    async where => {
      const expected = scan(where)
      expect(await countsOf(release.manifest, where)).toEqual(expected.counts)
      const server = await startRangeServer(release.files)
      onTestFinished(() => server.close())
      const { dir, out, args } = await target(layout, release)
      const archive = ['--archive', `${server.url}/a.zip`]
      const { code, lines } = await runFetch(...args, ...archive, '--where', where)
      expect(code, lines).toBe(0)
      const found = await contents(layout, out, release)
      expect(picturesIn(found)).toEqual(sorted(expected.paths))
      // The folder of the shards has index and class map; so have folder and ZIP.
      const manifest = join(dir, 'manifest')
      const { rejects } = await ingestRelease(out, { out: manifest })
      expect(rejects).toEqual({})
      expect(await countsOf(manifest)).toEqual(expected.counts)
      if (layout !== 'tar') return
      // What the shards themselves say, put back into a release.
      const unpacked = join(dir, 'unpacked', 'SAMed2Dv1')
      await putBack(found, unpacked)
      const again = `${manifest}-2`
      expect((await ingestRelease(unpacked, { out: again })).rejects).toEqual({})
      expect(await countsOf(again)).toEqual(expected.counts)
    },
  )
})

/** A release of the pictures alone: its index is made of their names. */
async function putBack(found: ReadonlyMap<string, Buffer>, dir: string): Promise<void> {
  for (const folder of ['images', 'masks']) await mkdir(join(dir, folder), { recursive: true })
  for (const path of picturesIn(found)) {
    expect(dirname(path)).toMatch(/^(images|masks)$/)
    await writeFile(join(dir, path), found.get(path) as Buffer)
  }
  const all = picturesIn(found)
  const index = all
    .filter(path => path.startsWith('images/'))
    .map(image => {
      const start = `masks/${image.slice('images/'.length, -'.png'.length)}--`
      return [image, all.filter(path => path.startsWith(start))] as const
    })
  await writeFile(join(dir, 'SAMed2D_v1.json'), indexText(index))
  await writeFile(
    join(dir, 'SAMed2D_v1_class_mapping_id.json'),
    JSON.stringify(PICTURE_SPEC.classMap),
  )
}
