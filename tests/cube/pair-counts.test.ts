import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../lib/async/steps'
import type { Cube } from '../../lib/cube/cube'
import { labelSetsOf } from '../../lib/cube/label-sets'
import { pairCellsOf } from '../../lib/cube/pair-cells'
import {
  countPairs,
  MAX_PAIRED_LABELS,
  type PairColumns,
  type PairCount,
  type PairRows,
} from '../../lib/cube/pair-counts'
import { planCount } from '../../lib/cube/planner'
import type { Rows } from '../../lib/cube/rows'
import { UNASSIGNED } from '../../lib/filter/facets'
import { EMPTY_FILTER, type Filter, type Range } from '../../lib/filter/filter'
import { LABEL_FACETS } from '../../lib/filter/selection'
import { forEachAttribute } from '../../lib/manifest/image-attributes'
import { countedMasks } from '../naive'
import { randomCube } from '../random-cube'
import type { RandomImage, RandomRelease } from '../random-release'

const KINDS: readonly (readonly [PairRows, PairColumns])[] = [
  ['organ', 'modality'],
  ['organ', 'submodality'],
  ['dataset', 'organ'],
  ['label', 'label'],
]

/** Labels of the image's counted masks, one for each mask. */
const countedLabels = ({ dimensions }: RandomRelease, image: RandomImage, filter: Filter) =>
  countedMasks(image, filter, dimensions).map(mask => dimensions.labels[mask.label_id]!)

/** Every pair, the slow way: one image after the other. */
function naivePairs(
  release: RandomRelease,
  filter: Filter,
  rowsBy: PairRows,
  columnsBy: PairColumns,
) {
  const { dimensions: d, images } = release
  const pairs = new Map<string, PairCount & { images: number; masks: number | null }>()
  const pairOf = (row: string, column: string) => {
    const key = JSON.stringify([row, column])
    const masks = rowsBy === 'label' ? null : 0
    const pair = pairs.get(key) ?? { row, column, images: 0, masks }
    pairs.set(key, pair)
    return pair as { images: number; masks: number }
  }
  const names = new Set(
    images.flatMap(image => countedLabels(release, image, filter).map(({ label }) => label)),
  )
  for (const image of images) {
    const labels = countedLabels(release, image, filter)
    const nameOf = (name: PairRows | PairColumns, label: (typeof labels)[number]) =>
      ({
        organ: LABEL_FACETS.organ(label),
        label: label.label,
        dataset: d.datasets[image.dataset_id]!.dataset,
        ...d.submodalities[image.submodality_id]!,
      })[name]
    if (rowsBy === 'label') {
      // Both labels, and a counted mask of either.
      const counted = new Set(labels.map(label => label.label))
      const its = new Set(image.masks.map(mask => d.labels[mask.label_id]!.label))
      const paired = [...its].filter(name => names.has(name))
      for (const row of paired)
        for (const column of paired)
          if (counted.has(row) || counted.has(column)) pairOf(row, column).images++
      continue
    }
    const rows = new Set(labels.map(label => nameOf(rowsBy, label)))
    const columns = new Set(labels.map(label => nameOf(columnsBy, label)))
    for (const row of rows) for (const column of columns) pairOf(row, column).images++
    for (const label of labels) pairOf(nameOf(rowsBy, label), nameOf(columnsBy, label)).masks++
  }
  return sorted([...pairs.values()])
}

const sorted = (pairs: readonly PairCount[]) => {
  const key = ({ row, column }: PairCount) => JSON.stringify([row, column])
  return [...pairs].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const some = (...values: string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { freq: 2, nil: null })
const among = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { freq: 2, nil: null })
const filters = fc
  .record({
    modality: some('CT', 'MR', 'X-ray'),
    submodality: some('ct_00', 'mr_t1', 'mr_t2'),
    dataset: some('BTCV', 'BraTS', 'Unheard-of'),
    axis: some('x', 'y', '2d'),
    flag: some('none', 'mask_empty', 'whole_cavity'),
    organ: some('Liver', 'Kidney', 'Lung', UNASSIGNED),
    label: some('left', 'liver', 'tumor', 'union_liver_tumor'),
    lesion: some('0', '1'),
    union: some('0', '1'),
    width: among<Range>({ min: 256, max: 511 }, { min: 257 }, { max: 63 }),
    masks: among<Range>({ min: 1, max: 1 }, { min: 2 }),
    area: among<Range>({ min: 0.1 }, { min: 0.05, max: 0.5 }),
    not: among<NonNullable<Filter['not']>>({ organ: ['Liver'] }, { dataset: ['BTCV', 'ACDC'] }),
  })
  .chain(facets => {
    const used = Object.entries(facets).filter(([, value]) => value !== null)
    // Few facets at a time, so that most filters select something.
    return fc
      .subarray(used, { maxLength: Math.min(used.length, 3) })
      .map(kept => Object.fromEntries(kept) as Filter)
  })

describe.each([3, 4])('random release %i', seed => {
  let release: RandomRelease
  let cube: Cube
  let rows: Rows
  beforeAll(async () => {
    ;({ release, cube, rows } = await randomCube(seed))
  })
  afterAll(() => release.staging.dispose())

  test.each(KINDS)('%s with %s: cubes, rows and a naive scan agree', (rowsBy, columnsBy) => {
    const { dimensions } = release
    let counted = 0
    fc.assert(
      fc.property(filters, filter => {
        const expected = naivePairs(release, filter, rowsBy, columnsBy)
        const inRows = pairCellsOf({ cube, rows, dimensions }, filter)
        const pairs = finish(countPairs(inRows, dimensions, rowsBy, columnsBy))
        counted += pairs.length
        expect(sorted(pairs)).toEqual(expected)
        if (planCount(filter).path === 'rows') return
        const inCube = pairCellsOf({ cube, rows: null, dimensions }, filter)
        expect(sorted(finish(countPairs(inCube, dimensions, rowsBy, columnsBy)))).toEqual(expected)
      }),
      { numRuns: 150, seed },
    )
    // The filters are not all empty.
    expect(counted).toBeGreaterThan(150)
  })

  test('other combinations are refused', () => {
    const cells = pairCellsOf({ cube, rows, dimensions: release.dimensions }, EMPTY_FILTER)
    expect(() => finish(countPairs(cells, release.dimensions, 'dataset', 'modality'))).toThrow(
      'dataset with modality is not counted',
    )
  })
})

test('of many labels the most frequent are paired', () => {
  // Set s holds the labels 0 to s, so label 0 is in every image and label 59 in one.
  const count = 60
  const rows = Array.from({ length: count }, (_, set) => set)
  const setsOf = (label: number) => rows.filter(set => set >= label)
  const cells = forEachAttribute(() => new Uint8Array(1))
  const cell = new Uint32Array(count)
  const whole = Uint32Array.of(0, count)
  const ones = new Uint32Array(count).fill(1)
  const many = Uint32Array.from(rows, label => setsOf(label).length)
  const cube: Cube = {
    cells,
    images: {
      starts: whole,
      cell,
      set: Uint32Array.from(rows),
      images: ones,
      masks: ones,
      sized: ones,
      bytes: new Float64Array(count),
    },
    labels: { starts: whole, label: Uint16Array.from(rows), images: many, masks: many },
    areas: {
      starts: whole,
      label: Uint16Array.from(rows),
      area: new Uint8Array(count),
      masks: many,
    },
    sets: labelSetsOf(
      rows.flatMap(set => rows.slice(0, set + 1).map(() => set)),
      rows.flatMap(set => rows.slice(0, set + 1)),
      count,
    ),
  }
  const meaning = { organ: null, region: null, is_lesion: false, is_union: false, side: null }
  const dimensions = {
    datasets: [{ dataset_id: 0, dataset: 'A', structures: null, is_released: null }],
    submodalities: [{ submodality_id: 0, submodality: 'ct_00', modality: 'CT' }],
    labels: rows.map(label_id => ({ label_id, label: `label ${label_id}`, ...meaning })),
  }
  const paired = pairCellsOf({ cube, rows: null, dimensions }, EMPTY_FILTER)
  const pairs = finish(countPairs(paired, dimensions, 'label', 'label'))
  expect(pairs).toHaveLength(MAX_PAIRED_LABELS ** 2)
  // Both bits below and above 32, and both ways round.
  expect(pairs).toContainEqual({ row: 'label 3', column: 'label 39', images: 21, masks: null })
  expect(pairs).toContainEqual({ row: 'label 39', column: 'label 3', images: 21, masks: null })
  expect(pairs).toContainEqual({ row: 'label 35', column: 'label 35', images: 25, masks: null })
})
