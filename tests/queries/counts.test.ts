import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countCube } from '../../lib/cube/count-cube'
import type { Cube } from '../../lib/cube/cube'
import { cubeIsExact } from '../../lib/cube/exactness'
import { readCube } from '../../lib/cube/read-cube.node.ts'
import { type Dimensions, labelStructure } from '../../lib/filter/dimensions'
import { UNASSIGNED, type ValueFacetName } from '../../lib/filter/facets'
import { type Filter, type Range, selectsMasks, withoutFacet } from '../../lib/filter/filter'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../../lib/filter/selection'
import { AXES } from '../../lib/manifest/tables'
import { countRows } from '../../lib/queries/count-rows'
import { COUNTED, type Counts } from '../../lib/queries/counts'
import { countCases } from '../../lib/queries/totals'
import { type RandomImage, type RandomRelease, randomRelease } from '../random-release'

const within = (value: number | null, range?: Range) =>
  !range ||
  (value !== null && value >= (range.min ?? 0) && value <= (range.max ?? Number.POSITIVE_INFINITY))

/** The definition of DESIGN.md, one image at a time: the masks of the image that are selected. */
function naive(image: RandomImage, filter: Filter, d: Dimensions) {
  const submodality = d.submodalities[image.submodality_id]!
  const wants = (name: ValueFacetName, value: string) =>
    (filter[name] === undefined || filter[name].includes(value)) &&
    !(filter.not?.[name] ?? []).includes(value)
  const passes =
    wants('modality', submodality.modality) &&
    wants('submodality', submodality.submodality) &&
    wants('dataset', d.datasets[image.dataset_id]!.dataset) &&
    wants('axis', AXES[image.axis_id]!) &&
    within(image.width, filter.width) &&
    within(image.height, filter.height) &&
    within(image.masks.length, filter.masks)
  const masks = !passes
    ? []
    : image.masks.filter(({ label_id, area }) => {
        const label = d.labels[label_id]!
        const share = area === null ? null : area / (image.width! * image.height!)
        return (
          LABEL_FACET_NAMES.every(name => wants(name, LABEL_FACETS[name](label))) &&
          within(share, filter.area && { min: 0, max: 1, ...filter.area })
        )
      })
  return { selected: passes && (!selectsMasks(filter) || masks.length > 0), masks }
}

/** Images and masks by value, the slow way. */
function naiveFacet(
  { images, dimensions: d }: RandomRelease,
  filter: Filter,
  valuesOf: (image: RandomImage, label: number | null) => string[],
  unions: boolean,
  byLabel: boolean,
) {
  const sums = new Map<string, { images: number; masks: number }>()
  const sum = (value: string) => {
    const found = sums.get(value) ?? { images: 0, masks: 0 }
    sums.set(value, found)
    return found
  }
  for (const image of images) {
    const { selected, masks } = naive(image, filter, d)
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

const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)
const sorted = (rows: Counts['facets']['organ']) => [...rows].sort(byValue)

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
    organ: oneOf('Liver', 'Kidney', 'Lung', UNASSIGNED),
    label: oneOf('left', 'liver', 'tumor', 'union_liver_tumor'),
    region: oneOf('Abdomen', 'Thorax', UNASSIGNED),
    lesion: oneOf('0', '1'),
    union: oneOf('0', '1'),
    width: range(64, 255, 256, 511),
    height: range(64, 256, 300),
    masks: range(0, 1, 3, 10, 15),
    area: range(0, 0.1, 0.25, 1),
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
  ),
  { nil: undefined, freq: 1 },
)
// Most facets off, so that most filters select something.
const someFilter = fc
  .tuple(anyFilter, fc.array(fc.nat(12), { maxLength: 3 }), excluded)
  .map(([filter, keep, not]) => ({
    ...Object.fromEntries(Object.entries(filter).filter((_, i) => keep.includes(i))),
    ...(not && { not }),
  })) as fc.Arbitrary<Filter>

describe.each([1, 2])('random release %i', seed => {
  let release: RandomRelease
  let cube: Cube
  beforeAll(async () => {
    release = await randomRelease(seed)
    cube = await readCube(release.staging.engine)
  })
  afterAll(() => release.staging.dispose())

  test('cubes, rows and a naive scan agree on every count under random filters', async () => {
    const { dimensions, images, staging } = release
    const { engine } = staging
    await fc.assert(
      fc.asyncProperty(someFilter, fc.boolean(), async (filter, unions) => {
        const rows = await countRows(engine, dimensions, filter, unions)
        const selection = resolveFilter(filter, dimensions)
        if (cubeIsExact(selection)) {
          const { totals, facets } = countCube(cube, dimensions, filter, unions)
          expect(totals).toEqual(rows.totals)
          for (const name of COUNTED)
            expect(sorted(facets[name]), name).toEqual(sorted(rows.facets[name]))
        }
        const found = images.map(image => ({ image, ...naive(image, filter, dimensions) }))
        const selected = found.filter(one => one.selected)
        expect(rows.totals).toEqual({
          images: selected.length,
          masks: found.reduce((n, one) => n + one.masks.length, 0),
          datasets: new Set(selected.map(one => one.image.dataset_id)).size,
          bytes: selected.reduce((n, one) => n + (one.image.bytes ?? 0), 0),
          sizedImages: selected.filter(one => one.image.bytes !== null).length,
        })
        expect(await countCases(engine, selection)).toBe(
          new Set(selected.map(one => one.image.case_id)).size,
        )
        const imageValues = {
          modality: (i: RandomImage) => [dimensions.submodalities[i.submodality_id]!.modality],
          submodality: (i: RandomImage) => [
            dimensions.submodalities[i.submodality_id]!.submodality,
          ],
          dataset: (i: RandomImage) => [dimensions.datasets[i.dataset_id]!.dataset],
          axis: (i: RandomImage) => [AXES[i.axis_id]!],
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
      }),
      { numRuns: 60, seed },
    )
  }, 60_000)
})
