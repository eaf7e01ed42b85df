import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../lib/async/steps'
import { COUNTED, type Counts } from '../../lib/counts/counts'
import { makeTables } from '../../lib/cube/cell-table'
import { count } from '../../lib/cube/count'
import { countCases as casesInMemory } from '../../lib/cube/count-cases'
import type { Cube } from '../../lib/cube/cube'
import { planCount } from '../../lib/cube/planner'
import type { Rows } from '../../lib/cube/rows'
import { labelStructure } from '../../lib/filter/dimensions'
import { UNASSIGNED } from '../../lib/filter/facets'
import { type Filter, type Range, wantsAll, withoutFacet } from '../../lib/filter/filter'
import { RANGE_BINS, RANGE_VALUES } from '../../lib/filter/range-bins'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../../lib/filter/selection'
import { AREA_SHARE_BINS, binOf } from '../../lib/manifest/bins'
import { AXES } from '../../lib/manifest/tables'
import { countRows } from '../../lib/queries/count-rows'
import { countCases } from '../../lib/queries/totals'
import { naive } from '../naive'
import { randomCube } from '../random-cube'
import type { RandomImage, RandomRelease } from '../random-release'

/** Two cases of the random release are two frames of one heart. */
const patientOfCase = (caseId: number) => (caseId === 6 ? 5 : caseId)

/** Images and masks by value, the slow way. */
function naiveFacet(
  { images, dimensions: d }: RandomRelease,
  filter: Filter,
  valuesOf: (image: RandomImage, label: number | null) => string[],
  unions: boolean,
  byLabel: boolean,
  required?: Filter,
) {
  const sums = new Map<string, { images: number; masks: number }>()
  const sum = (value: string) => {
    const found = sums.get(value) ?? { images: 0, masks: 0 }
    sums.set(value, found)
    return found
  }
  for (const image of images) {
    const { selected, masks } = naive(image, filter, d, required)
    if (!selected) continue
    if (byLabel) {
      const shown = masks.filter(m => unions || !d.labels[m.label_id]!.is_union)
      for (const mask of shown)
        for (const value of valuesOf(image, mask.label_id)) sum(value).masks++
      const values = new Set(shown.flatMap(mask => valuesOf(image, mask.label_id)))
      for (const value of values) sum(value).images++
    } else {
      for (const value of valuesOf(image, null)) {
        sum(value).images++
        sum(value).masks += masks.length
      }
    }
  }
  return [...sums].map(([value, n]) => ({ value, ...n })).sort(byValue)
}

const binned = (name: 'width' | 'height' | 'aspect' | 'masks', value: number | null) =>
  value === null ? [] : [RANGE_VALUES[name][binOf(RANGE_BINS[name], value)]!]

const sizeOf = ({ width, height }: RandomImage) =>
  width === null || height === null
    ? []
    : [`${binOf(RANGE_BINS.width, width)} ${binOf(RANGE_BINS.height, height)}`]

function naiveAreas({ images, dimensions }: RandomRelease, filter: Filter): number[] {
  const masks = AREA_SHARE_BINS.edges.map(() => 0)
  for (const image of images)
    for (const { area } of naive(image, filter, dimensions).masks)
      if (area !== null) {
        const bin = binOf(AREA_SHARE_BINS, area / (image.width! * image.height!))
        masks[bin] = masks[bin]! + 1
      }
  return masks
}

const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)
const sorted = <Row extends { value: string }>(rows: readonly Row[]) => [...rows].sort(byValue)

const oneOf = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const range = (...ends: number[]) =>
  fc
    .tuple(fc.constantFrom(undefined, ...ends), fc.constantFrom(undefined, ...ends))
    .filter(([a, b]) => (a ?? b) !== undefined && (a ?? -1) <= (b ?? 1e9))
    .map(
      ([min, max]): Range => ({
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      }),
    )
const anyFilter = fc.record(
  {
    modality: oneOf('CT', 'MR', 'X-ray'),
    submodality: oneOf('ct_00', 'mr_t1', 'mr_t2'),
    dataset: oneOf('BTCV', 'BraTS', 'Unheard-of'),
    axis: oneOf('x', 'y', '2d'),
    flag: oneOf(
      'none',
      'constant',
      'mask_empty',
      'mask_unreadable',
      'duplicate_in_dataset',
      'duplicate_across_datasets',
      'whole_cavity',
      'full_frame',
    ),
    organ: oneOf('Liver', 'Kidney', 'Lung', UNASSIGNED),
    label: oneOf('left', 'liver', 'tumor', 'union_liver_tumor'),
    region: oneOf('Abdomen', 'Thorax', UNASSIGNED),
    lesion: oneOf('0', '1'),
    union: oneOf('0', '1'),
    width: range(64, 255, 256, 511),
    height: range(64, 256, 300),
    masks: range(0, 1, 3, 10, 15),
    area: range(0, 0.1, 0.25, 1),
    side: oneOf('left', 'right', 'none'),
    aspect: range(0.5, 0.9999, 1, 1.0001, 2),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Filter>
const excluded = fc.option(
  fc.constantFrom<Filter['not']>(
    { dataset: ['BTCV'] },
    { modality: ['MR'], axis: ['x', 'z'] },
    { label: ['liver'] },
    { organ: ['Liver', UNASSIGNED], lesion: ['1'] },
    { union: ['1'] },
    { flag: ['duplicate_across_datasets', 'mask_empty'] },
    { flag: ['none'] },
  ),
  { nil: undefined, freq: 2 },
)
const all = fc.option(
  fc.constantFrom<Filter>(
    { label: ['liver', 'tumor'], all: ['label'] },
    { organ: ['Kidney', 'Liver'], all: ['organ'] },
    { organ: ['Kidney', 'Liver'], label: ['left', 'liver'], all: ['label', 'organ'] },
  ),
  { nil: undefined, freq: 2 },
)
// Most facets off, so that most filters select something.
const someFilter = fc
  .tuple(anyFilter, fc.array(fc.nat(15), { maxLength: 3 }), excluded, all)
  .map(([filter, keep, not, all]) => {
    const kept = Object.fromEntries(Object.entries(filter).filter((_, i) => keep.includes(i)))
    return { ...kept, ...(not && { not }), ...all }
  }) as fc.Arbitrary<Filter>

describe.each([1, 2])('random release %i', seed => {
  let release: RandomRelease
  let cube: Cube
  let memory: Rows
  beforeAll(async () => {
    ;({ release, cube, rows: memory } = await randomCube(seed))
  })
  afterAll(() => release.staging.dispose())

  test('cubes, rows and a naive scan agree on every count under random filters', async () => {
    const { dimensions, images, staging } = release
    const { engine } = staging
    await fc.assert(
      fc.asyncProperty(someFilter, fc.boolean(), async (filter, unions) => {
        const rows = await countRows(engine, dimensions, filter, unions)
        const selection = resolveFilter(filter, dimensions)
        const expectSame = (counts: Counts) => {
          expect(counts.totals).toEqual(rows.totals)
          for (const name of COUNTED)
            expect(sorted(counts.facets[name]), name).toEqual(sorted(rows.facets[name]))
          expect(counts.areas).toEqual(rows.areas)
          expect(counts.sizes).toEqual(rows.sizes)
        }
        expectSame(count({ cube, rows: memory, dimensions }, filter, unions))
        if (planCount(filter).path === 'cubes')
          expectSame(count({ cube, rows: null, dimensions }, filter, unions))
        // Once more with what a worker makes between questions.
        for (const _ of makeTables(cube));
        expectSame(count({ cube, rows: memory, dimensions }, filter, unions))
        const found = images.map(image => ({ image, ...naive(image, filter, dimensions) }))
        const selected = found.filter(one => one.selected)
        expect(rows.totals).toEqual({
          images: selected.length,
          masks: found.reduce((n, one) => n + one.masks.length, 0),
          datasets: new Set(selected.map(one => one.image.dataset_id)).size,
          bytes: selected.reduce((n, one) => n + (one.image.bytes ?? 0), 0),
          sizedImages: selected.filter(one => one.image.bytes !== null).length,
        })
        const caseIds = selected.map(one => one.image.case_id)
        const cases = {
          cases: new Set(caseIds).size,
          patients: new Set(caseIds.map(patientOfCase)).size,
        }
        expect(await countCases(engine, selection)).toEqual(cases)
        expect(finish(casesInMemory({ cube, rows: memory, dimensions }, filter))).toEqual(cases)
        const imageValues = {
          modality: (i: RandomImage) => [dimensions.submodalities[i.submodality_id]!.modality],
          submodality: (i: RandomImage) => [
            dimensions.submodalities[i.submodality_id]!.submodality,
          ],
          dataset: (i: RandomImage) => [dimensions.datasets[i.dataset_id]!.dataset],
          axis: (i: RandomImage) => [AXES[i.axis_id]!],
          flag: (i: RandomImage) => (i.flags.length > 0 ? i.flags : ['none']),
          width: (i: RandomImage) => binned('width', i.width),
          height: (i: RandomImage) => binned('height', i.height),
          aspect: (i: RandomImage) => binned('aspect', i.width && i.height && i.width / i.height),
          masks: (i: RandomImage) => binned('masks', i.masks.length),
        } as const
        for (const [name, valuesOf] of Object.entries(imageValues)) {
          const facet = name as keyof typeof imageValues
          const expected = naiveFacet(release, withoutFacet(filter, facet), valuesOf, unions, false)
          expect(sorted(rows.facets[facet]), name).toEqual(expected)
        }
        for (const facet of LABEL_FACET_NAMES) {
          const valuesOf = (_: RandomImage, id: number | null) => [
            LABEL_FACETS[facet](dimensions.labels[id!]!),
          ]
          const withUnions = unions || facet === 'union'
          const expected = naiveFacet(
            release,
            withoutFacet(filter, facet),
            valuesOf,
            withUnions,
            true,
            // Of images that must have all values, only those are counted.
            wantsAll(filter, facet) ? filter : undefined,
          )
          expect(sorted(rows.facets[facet]), facet).toEqual(expected)
        }
        const structureOf = (_: RandomImage, id: number | null) => [
          labelStructure(dimensions.labels[id!]!),
        ]
        expect(sorted(rows.facets.structure)).toEqual(
          naiveFacet(release, filter, structureOf, unions, true),
        )
        const datasetStructureOf = (i: RandomImage) =>
          dimensions.datasets[i.dataset_id]!.structures?.split('|') ?? [UNASSIGNED]
        expect(sorted(rows.facets.datasetStructure)).toEqual(
          naiveFacet(release, filter, datasetStructureOf, unions, false),
        )
        expect(rows.areas).toEqual(naiveAreas(release, withoutFacet(filter, 'area')))
        const withoutSize = withoutFacet(withoutFacet(filter, 'width'), 'height')
        const sizes = naiveFacet(release, withoutSize, sizeOf, unions, false)
        expect(
          sorted(rows.sizes.map(s => ({ ...s, value: `${s.widthBin} ${s.heightBin}`, masks: 0 }))),
        ).toMatchObject(sizes.map(({ value, images }) => ({ value, images })))
      }),
      { numRuns: 100, seed },
    )
  }, 60_000)
})
