import { expect, test } from 'vitest'
import paper from '../../data/paper.json'
import { differenceText, figureText } from '../../lib/ledger/labels'
import { ledgerOf } from '../../lib/ledger/ledger'
import { ledgerCsv } from '../../lib/ledger/ledger-csv'
import { ledgerText } from '../../lib/ledger/ledger-text'
import { countByStrength } from '../../lib/ledger/licences'
import type { Line } from '../../lib/ledger/line'
import { REASONS, shortReason } from '../../lib/ledger/reasons'
import type { LedgerSource } from '../../lib/ledger/source'
import { Random } from '../../lib/reference/random'
import { expectedSplit } from '../../lib/store/count-image-split.node.ts'
import { referenceSource, sourceOf } from './sources'

const linesOf = (source: LedgerSource) => ledgerOf(source).numbers.flatMap(({ lines }) => lines)

const named = (lines: readonly Line[], id: string) => {
  const found = lines.find(line => line.id === id)
  if (!found) throw new Error(`no line ${id}`)
  return found
}

test('the reference manifest at full size agrees with the paper line by line', () => {
  const lines = linesOf(referenceSource())
  const unlike = lines.filter(({ toPaper }) => toPaper.kind === 'apart')
  // Two numbers of labels are published; the manifest follows the dataset card.
  expect(unlike.map(({ id }) => id)).toEqual(['labels'])
  const labels = named(lines, 'labels')
  expect(labels.toRelease).toEqual({ kind: 'equal' })
  expect(labels.reasons).toEqual(['label-counts'])
  const equal = lines.filter(({ toPaper }) => toPaper.kind === 'equal')
  // Images, masks, files, datasets, modalities, organs; 10 modalities and 6 bins twice each.
  expect(equal).toHaveLength(6 + 20 + 12)
  const structures = lines.filter(({ id }) => id.startsWith('structure-'))
  expect(structures.map(({ toPaper }) => toPaper.kind)).toEqual(Array(12).fill('open'))
})

test('release beside paper is said whatever the manifest', () => {
  const lines = linesOf(sourceOf({}))
  const text = (id: string) => differenceText(named(lines, id).releaseToPaper)
  expect(text('images')).toBe('−824,622')
  expect(text('masks')).toBe('about −4,000,000')
  expect(text('datasets')).toBe('agrees')
  expect(text('modalities')).toBe('−2')
  expect(text('modality-Microscopy')).toBe('−945')
  expect(text('modality-CT')).toBe('—')
  // What the release lacks does not explain a part of it.
  expect(named(lines, 'images').reasons).toEqual(['less-than-release'])
  expect(named(lines, 'modality-Microscopy').reasons).toEqual(['redistribution'])
  // A random part of the images leaves no modality out.
  expect(named(lines, 'modality-Microscopy').reasons).not.toContain('test-data')
})

test('the whole public release needs no reason beside it but those of the authors', () => {
  const dataset = [{ value: 'all of it', images: 3_772_180, masks: 15_812_345 }]
  const lines = linesOf(sourceOf({ dataset }))
  const images = named(lines, 'images')
  expect(images.toRelease).toEqual({ kind: 'equal' })
  expect(images.reasons).toEqual(['redistribution', 'test-data'])
  expect(named(lines, 'masks').toRelease).toEqual({ kind: 'open' })
})

test('a part of the release with rejects gives both as reasons, and names what is missing', () => {
  const dataset = [{ value: 'BTCV', images: 100, masks: 300 }]
  const source = sourceOf({ dataset }, { rejects: { 'not-png': 3, 'bad-number': 40 } })
  const { names, rejected } = ledgerOf(source)
  expect(named(linesOf(source), 'images').reasons).toEqual(['rejected', 'less-than-release'])
  expect(rejected.total).toBe(43)
  expect(rejected.reasons.map(({ code, n }) => [code, n])).toEqual([
    ['bad-number', 40],
    ['not-png', 3],
  ])
  expect(rejected.file).toBe('rejects-0123456789abcdef.parquet')
  const datasets = names.find(({ id }) => id === 'by-dataset')?.lines ?? []
  const of = (name: string) => datasets.find(line => line.name === name)
  expect(datasets).toHaveLength(91)
  expect(of('BTCV')).toMatchObject({ release: 'yes', images: 100, isApart: false, reasons: [] })
  expect(of('ACDC')).toMatchObject({ images: 0, isApart: true })
  expect(of('ACDC')?.reasons).toEqual(['rejected', 'less-than-release'])
})

test('a folder of 40 images is a part of the release, whichever number it is', () => {
  const dataset = [
    { value: 'AMOS2022', images: 30, masks: 90 },
    { value: 'ACDC', images: 10, masks: 40 },
  ]
  const modality = [
    { value: 'CT', images: 30, masks: 90 },
    { value: 'MR', images: 10, masks: 40 },
  ]
  const lines = linesOf(sourceOf({ dataset, modality }))
  const reasons = new Set(lines.flatMap(line => line.reasons))
  expect([...reasons].sort()).toEqual(['label-counts', 'less-than-release', 'redistribution'])
  // Only what the release has nothing of, as far as is known, is explained by what the authors say of it.
  const released = lines.filter(line => line.reasons.includes('redistribution'))
  expect(released.map(({ name }) => name)).toEqual([
    'Microscopy',
    'Microscopy',
    'Histopathology',
    'Histopathology',
  ])
  expect(named(lines, 'size-0-100-images').toPaper).toEqual({ kind: 'equal' })
  expect(shortReason('less-than-release')).toBe('part of the release')
  expect(ledgerText(ledgerOf(sourceOf({ dataset, modality })))).not.toContain('test data?')
})

test('a split by image is described in numbers of this manifest, or said not to be counted', () => {
  const imageSplit = expectedSplit([
    { images: 1, patients: 50, unknown: 50 },
    { images: 100, patients: 10, unknown: 0 },
  ])
  expect(imageSplit).toEqual({
    patients: 60,
    unknownPatients: 50,
    splitPatients: 10,
    testImages: 210,
    leakedImages: 200,
  })
  const text = ledgerText(ledgerOf(sourceOf({}, { imageSplit })))
  expect(text).toContain('10 of 60 (17 %) patients have images both in train and in test.')
  expect(text).toContain('200 of 210 (95 %) test images are of a patient who is in train too.')
  expect(text).toContain('50 of these patients are cases whose patient is unknown')
  expect(text).toContain('https://github.com/OpenGVLab/SAM-Med2D/issues/51')
  expect(ledgerText(ledgerOf(sourceOf({})))).toContain('Not counted: this manifest was written')
  expect(ledgerCsv(ledgerOf(sourceOf({}, { imageSplit })))).toContain('image-split-leakedImages')
})

test('expected numbers of a split by image are those of many random splits', () => {
  const sizes = [1, 2, 3, 7].map(images => ({ images, patients: 40, unknown: 0 }))
  const random = new Random(7)
  const rounds = 400
  let split = 0
  let leaked = 0
  for (let round = 0; round < rounds; round++)
    for (const { images, patients } of sizes)
      for (let patient = 0; patient < patients; patient++) {
        const drawn = Array.from({ length: images }, () => random.next() < 0.2)
        const inTest = drawn.filter(Boolean).length
        if (inTest > 0 && inTest < images) split++
        if (inTest < images) leaked += inTest
      }
  const expected = expectedSplit(sizes)
  expect(Math.abs(split / rounds - expected.splitPatients)).toBeLessThan(2)
  expect(Math.abs(leaked / rounds - expected.leakedImages)).toBeLessThan(2)
})

test('the reading of the printed bins that openmedlab has cannot be right', () => {
  // 10eN read as 10 to the N: the largest bin that has datasets ends at 100,000 images.
  const { bins } = paper.datasetsBySize
  const most = bins.reduce((sum, { byImages }, i) => sum + byImages * 10 ** (i + 1), 0)
  expect(most).toBeLessThan(paper.totals.images)
  const section = ledgerOf(sourceOf({})).numbers.find(({ id }) => id === 'by-size')
  expect(section?.note).toContain('openmedlab')
})

test('licences come with their strength, and unknown ones are counted', () => {
  const dataset = ['KiTS', 'cranium', 'COSMOS2022', 'Mine'].map(value => ({
    value,
    images: 1,
    masks: 1,
  }))
  const ledger = ledgerOf(sourceOf({ dataset }))
  expect(ledger.licences).toHaveLength(92)
  const here = ledger.licences.filter(({ images }) => images > 0)
  expect(countByStrength(here)).toEqual([
    ['official', 1],
    ['contradictory', 1],
    ['unknown', 2],
  ])
  expect(ledgerCsv(ledger)).toMatch(/licences,licence-cranium,cranium,images.*PhysioNet/)
})

test('more than was published has no known reason, and is not explained away', () => {
  const dataset = [{ value: 'BTCV', images: 5_000_000, masks: 20_000_000 }]
  const images = named(linesOf(sourceOf({ dataset })), 'images')
  expect(differenceText(images.toPaper)).toBe('+403,198')
  expect(images.reasons).toContain('not-known')
})

test('a dataset that we do not know is not said to be missing from the release', () => {
  const dataset = [{ value: 'Mine', images: 1, masks: 1 }]
  const line = (simulated: boolean) =>
    ledgerOf(sourceOf({ dataset }, { simulated }))
      .names.find(({ id }) => id === 'by-dataset')
      ?.lines.find(({ name }) => name === 'Mine')
  expect(line(false)).toMatchObject({ release: 'not known', isApart: false, reasons: [] })
  expect(line(true)?.reasons).toEqual(['stand-in'])
})

test('a prefix that no released file has is said to be apart', () => {
  const submodality = [{ value: 'microscopy_00', images: 5, masks: 5 }]
  const { names } = ledgerOf(sourceOf({ submodality }))
  const lines = names.find(({ id }) => id === 'by-prefix')?.lines ?? []
  expect(lines.find(({ name }) => name === 'microscopy_00')).toMatchObject({
    release: 'no',
    isApart: true,
    reasons: ['not-known'],
  })
})

test('organs that no mask has are named; unknown sizes are unknown', () => {
  const lines = linesOf(sourceOf({ organ: [{ value: 'Liver', images: 1, masks: 1 }] }))
  expect(named(lines, 'organs').manifest.note).toMatch(/^no mask of: .*Spleen/)
  const dataset = [{ value: 'BTCV', images: 1, masks: 1 }]
  expect(figureText(named(linesOf(sourceOf({ dataset })), 'bytes').manifest)).toBe('—')
})

test('every line has an anchor of its own, and every reason an explanation', () => {
  const { numbers, names } = ledgerOf(referenceSource())
  const lines = [...numbers, ...names].flatMap(section => section.lines as readonly Line[])
  const ids = [...numbers, ...names].flatMap(({ id }) => [id]).concat(lines.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => /\s/.test(id))).toEqual([])
  const known = new Set(REASONS.map(({ id }) => id))
  expect(lines.flatMap(({ reasons }) => reasons).filter(id => !known.has(id))).toEqual([])
  for (const { sources, text } of REASONS.slice(0, 3)) {
    expect(sources.length).toBeGreaterThan(0)
    expect(text).toMatch(/\.$/)
  }
})

test('defects say what of the manifest they concern, and nothing that was not counted', () => {
  const facets = {
    dataset: [{ value: 'ACDC', images: 1_200, masks: 1 }],
    flag: [
      { value: 'whole_cavity', images: 950, masks: 2_000 },
      { value: 'mask_wrong_size', images: 2, masks: 9 },
    ],
  }
  const defects = (more: Partial<LedgerSource> = {}) => ledgerOf(sourceOf(facets, more)).defects
  const here = (more: Partial<LedgerSource> = {}) =>
    Object.fromEntries(defects(more).map(line => [line.flagCode, line.here]))
  expect(here().whole_cavity).toBe(
    '950 of the dataset’s 1,200 images: images with a mask of class 0003',
  )
  expect(here().swapped_ventricles).toBe(
    '0 of the dataset’s 1,200 images: images with a mask named heart_ventricle_left or heart_ventricle_right',
  )
  expect(here({ simulated: true }).whole_cavity).toContain('simulated, so the defect is absent')
  expect(here().binary_brain_masks).toBe('none: the dataset is not in this manifest')
  expect(here().mask_wrong_size).toBe('not known until measured')
  const quality = [{ dataset: 'ACDC', of: 'mask' as const, flag: 'wrong_size', n: 3 }]
  const measured = { what: 'pixels' as const, source: '/release', quality }
  expect(here({ measured }).mask_wrong_size).toBe('3 masks of 2 images, measured')
  const flagged = (more: Partial<LedgerSource>) => defects(more).map(line => line.flagged)
  expect(flagged({})).toEqual([0, 0, 0, 950, 0, null])
  expect(flagged({ measured })).toEqual([0, 0, 0, 950, 0, 2])
  const lines = ledgerCsv(ledgerOf(sourceOf(facets))).split(/\r?\n/)
  const cells = lines.find(line => line.includes('defect-whole_cavity'))?.split(',')
  expect(cells?.slice(0, 9).filter(Boolean)).toEqual([
    'known-defects',
    'defect-whole_cavity',
    'whole_cavity',
    'flagged images',
    '950',
  ])
})
