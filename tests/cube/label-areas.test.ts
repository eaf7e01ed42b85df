import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../lib/async/steps'
import type { Cube } from '../../lib/cube/cube'
import { areasNeedRows, labelAreas, MAX_AREA_LABELS } from '../../lib/cube/label-areas'
import { labelPartners } from '../../lib/cube/label-partners'
import { readCube } from '../../lib/cube/read-cube.node.ts'
import type { Rows } from '../../lib/cube/rows'
import { type Filter, withoutFacet } from '../../lib/filter/filter'
import { AREA_SHARE_BINS, binOf } from '../../lib/manifest/bins'
import { afterClick } from '../clicked'
import { naive } from '../naive'
import { randomCube } from '../random-cube'
import { type RandomImage, type RandomRelease, randomRelease } from '../random-release'

/** Every label's masks, one image after the other. */
function naiveAreas({ images, dimensions }: RandomRelease, filter: Filter) {
  const others = withoutFacet(filter, 'area')
  // Each label is looked at as if it were picked.
  const clickable = (image: RandomImage, f: Filter) =>
    dimensions.labels.flatMap(({ label, label_id }) =>
      naive(image, afterClick(f, 'label', label), dimensions).masks.filter(
        mask => mask.label_id === label_id,
      ),
    )
  const found = new Map<string, { label: string; masks: number; areas: number[] }>()
  for (const image of images)
    for (const { label_id, area } of image.masks.length > 0 ? clickable(image, others) : []) {
      const { label, is_union } = dimensions.labels[label_id]!
      const isTaken = filter.union !== undefined || filter.label?.includes(label)
      if (is_union && !isTaken) continue
      const its = found.get(label) ?? { label, masks: 0, areas: AREA_SHARE_BINS.edges.map(() => 0) }
      found.set(label, its)
      its.masks++
      if (area === null) continue
      const bin = binOf(AREA_SHARE_BINS, area / (image.width! * image.height!))
      its.areas[bin]!++
    }
  return [...found.values()].sort((a, b) => b.masks - a.masks || (a.label < b.label ? -1 : 1))
}

const some = (...values: string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined })
const filters = fc
  .record({
    modality: some('CT', 'MR'),
    dataset: some('BTCV', 'BraTS', 'ACDC'),
    organ: some('Liver', 'Kidney'),
    label: some('left', 'liver', 'tumor', 'union_liver_tumor'),
    union: some('0', '1'),
    all: fc.constantFrom<Filter['all']>(undefined, ['organ'], ['label']),
    width: fc.constantFrom(undefined, { min: 256, max: 511 }, { min: 257 }),
    masks: fc.constantFrom(undefined, { min: 2 }),
    area: fc.constantFrom(undefined, { min: 0.05, max: 0.5 }),
  })
  // A facet that is not asked for cannot want all.
  .map(({ all, ...facets }) => {
    const wanted = all?.filter(name => facets[name] !== undefined)
    const kept = Object.entries({ ...facets, ...(wanted?.length && { all: wanted }) })
    return Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as Filter
  })

describe.each([5, 6])('random release %i', seed => {
  let release: RandomRelease
  let cube: Cube
  let rows: Rows
  beforeAll(async () => {
    ;({ release, cube, rows } = await randomCube(seed))
  })
  afterAll(() => release.staging.dispose())

  test('areas by label: cubes, rows and a naive scan agree', () => {
    const { dimensions } = release
    const paths = { cubes: 0, rows: 0 }
    fc.assert(
      fc.property(filters, filter => {
        const expected = naiveAreas(release, filter)
        expect(finish(labelAreas({ cube, rows, dimensions }, filter))).toEqual(expected)
        const path = areasNeedRows(filter) ? 'rows' : 'cubes'
        if (expected.length > 0) paths[path]++
        if (path === 'cubes')
          expect(finish(labelAreas({ cube, rows: null, dimensions }, filter))).toEqual(expected)
      }),
      { numRuns: 150, seed },
    )
    expect(Math.min(paths.cubes, paths.rows)).toBeGreaterThan(15)
  })

  test('what a label occurs with, merged labels left out', () => {
    const { images, dimensions } = release
    for (const name of new Set(dimensions.labels.map(({ label }) => label))) {
      const found = new Map<string, number>()
      for (const { masks } of images) {
        const labels = masks.map(({ label_id }) => dimensions.labels[label_id]!)
        if (!labels.some(({ label }) => label === name)) continue
        const others = labels.filter(({ label, is_union }) => label !== name && !is_union)
        for (const label of new Set(others.map(({ label }) => label)))
          found.set(label, (found.get(label) ?? 0) + 1)
      }
      const expected = [...found]
        .map(([label, n]) => ({ label, images: n }))
        .sort((a, b) => b.images - a.images || (a.label < b.label ? -1 : 1))
      expect(labelPartners(cube, dimensions, name), name).toEqual(expected)
    }
  })
})

test('of many labels the largest are told, and those that the filter names', async () => {
  const release = await randomRelease(5, 40)
  const cube = await readCube(release.staging.engine)
  await release.staging.dispose()
  // Each label 30 times over, under names of its own, with the same masks.
  const { labels } = release.dimensions
  const many = Array.from({ length: 30 }, (_, copy) =>
    labels.map(row => ({ ...row, label_id: copy * labels.length + row.label_id })),
  ).flat()
  const named = many.map(row => ({ ...row, label: `label ${row.label_id}`, is_union: false }))
  const of = {
    starts: Uint32Array.of(0, ...cube.cells.dataset.map(() => named.length)),
    label: Uint16Array.from(named, ({ label_id }) => label_id),
    masks: Uint32Array.from(named, ({ label_id }) => 1000 - label_id),
  }
  const source = {
    cube: {
      ...cube,
      labels: { ...of, images: of.masks },
      areas: { ...of, area: new Uint8Array(named.length).fill(3) },
    },
    rows: null,
    dimensions: { ...release.dimensions, labels: named },
  }
  const told = (filter: Filter) => finish(labelAreas(source, filter)).map(({ label }) => label)
  const first = named.slice(0, MAX_AREA_LABELS).map(({ label }) => label)
  expect(told({})).toEqual(first)
  expect(told({ label: ['label 100', 'label 2'] })).toEqual([...first, 'label 100'])
})
