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
import { type LabelRow, labelStructure } from '../../lib/filter/dimensions'
import { type FacetName, UNASSIGNED } from '../../lib/filter/facets'
import { type Filter, type Range, withoutFacet } from '../../lib/filter/filter'
import { IMAGE_FACET_NAMES } from '../../lib/filter/image-facets'
import { RANGE_BINS, RANGE_VALUES } from '../../lib/filter/range-bins'
import {
  LABEL_FACET_NAMES,
  LABEL_FACETS,
  type LabelFacetName,
  resolveFilter,
} from '../../lib/filter/selection'
import { AREA_SHARE_BINS, binOf } from '../../lib/manifest/bins'
import { AXES } from '../../lib/manifest/tables'
import { countRows } from '../../lib/queries/count-rows'
import { countCases } from '../../lib/queries/totals'
import { clickedCounts } from '../clicked'
import { countedMasks, naive } from '../naive'
import { randomCube } from '../random-cube'
import type { RandomImage, RandomRelease } from '../random-release'

const binned = (name: 'width' | 'height' | 'aspect' | 'masks', value: number | null) =>
  value === null ? [] : [RANGE_VALUES[name][binOf(RANGE_BINS[name], value)]!]

const binOfArea = ({ width, height }: RandomImage, area: number | null) =>
  area === null ? [] : [RANGE_VALUES.area[binOf(AREA_SHARE_BINS, area / (width! * height!))]!]

/** The values that a facet can take in the release: each is clicked. */
function valuesOf({ images, dimensions: d }: RandomRelease, facet: FacetName): string[] {
  if (isLabelFacet(facet)) return d.labels.map(LABEL_FACETS[facet])
  return images.flatMap(image => {
    switch (facet) {
      case 'modality':
      case 'submodality':
        return [d.submodalities[image.submodality_id]![facet]]
      case 'dataset':
        return [d.datasets[image.dataset_id]!.dataset]
      case 'axis':
        return [AXES[image.axis_id]!]
      case 'flag':
        return image.flags.length > 0 ? image.flags : ['none']
      case 'width':
      case 'height':
        return binned(facet, image[facet])
      case 'aspect':
        return binned(facet, image.width && image.height && image.width / image.height)
      case 'masks':
        return binned(facet, image.masks.length)
      default:
        return image.masks.flatMap(({ area }) => binOfArea(image, area))
    }
  })
}

const isLabelFacet = (name: FacetName): name is LabelFacetName => name in LABEL_FACETS

/** Masks and images by structure: what a further condition on region and lesion would leave. */
function naiveStructures({ images, dimensions: d }: RandomRelease, filter: Filter) {
  const values = new Set(d.labels.map(labelStructure))
  const labels = images.map(image =>
    countedMasks(image, filter, d).map(mask => d.labels[mask.label_id]!),
  )
  return [...values]
    .map(value => {
      const passes = (label: LabelRow) => labelStructure(label) === value
      const counted = labels.map(its => its.filter(passes).length)
      return {
        value,
        images: counted.filter(masks => masks > 0).length,
        masks: counted.reduce((sum, masks) => sum + masks, 0),
      }
    })
    .filter(row => row.images > 0)
    .sort(byValue)
}

const sizeOf = ({ width, height }: RandomImage) =>
  width === null || height === null
    ? []
    : [`${binOf(RANGE_BINS.width, width)} ${binOf(RANGE_BINS.height, height)}`]

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
    { label: ['union_liver_tumor'] },
    { flag: ['duplicate_across_datasets', 'mask_empty'] },
    { flag: ['none'] },
  ),
  { nil: undefined, freq: 2 },
)
const all = fc.option(
  fc.constantFrom<Filter>(
    { label: ['liver', 'tumor'], all: ['label'] },
    { organ: ['Kidney', 'Liver'], all: ['organ'] },
    { label: ['liver', 'union_liver_tumor'], all: ['label'] },
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
    ;({ release, cube, rows: memory } = await randomCube(seed, 200))
  })
  afterAll(() => release.staging.dispose())

  test('cubes, rows and a naive scan agree on every count under random filters', async () => {
    const { dimensions, images, staging } = release
    const { engine } = staging
    await fc.assert(
      fc.asyncProperty(someFilter, async filter => {
        const rows = await countRows(engine, dimensions, filter)
        const selection = resolveFilter(filter, dimensions)
        const expectSame = (counts: Counts) => {
          expect(counts.totals).toEqual(rows.totals)
          for (const name of COUNTED)
            expect(sorted(counts.facets[name]), name).toEqual(sorted(rows.facets[name]))
          expect(counts.areas).toEqual(rows.areas)
          expect(counts.sizes).toEqual(rows.sizes)
        }
        expectSame(count({ cube, rows: memory, dimensions }, filter))
        if (planCount(filter).path === 'cubes')
          expectSame(count({ cube, rows: null, dimensions }, filter))
        // Once more with what a worker makes between questions.
        for (const _ of makeTables(cube));
        expectSame(count({ cube, rows: memory, dimensions }, filter))
        const found = images.map(image => ({ image, ...naive(image, filter, dimensions) }))
        const selected = found.filter(one => one.selected)
        expect(rows.totals).toEqual({
          images: selected.length,
          masks: found.reduce((n, one) => n + one.masks.length, 0),
          datasets: new Set(selected.map(one => one.image.dataset_id)).size,
          bytes: selected.reduce((n, one) => n + (one.image.bytes ?? 0), 0),
          sizedImages: selected.filter(one => one.image.bytes !== null).length,
        })
        const cases = new Set(selected.map(one => one.image.case_id)).size
        expect(await countCases(engine, selection)).toBe(cases)
        expect(finish(casesInMemory({ cube, rows: memory, dimensions }, filter))).toBe(cases)
        for (const facet of [...IMAGE_FACET_NAMES, ...LABEL_FACET_NAMES]) {
          const values = valuesOf(release, facet)
          expect(sorted(rows.facets[facet]), facet).toEqual(
            clickedCounts(images, dimensions, filter, facet, values),
          )
        }
        const byArea = clickedCounts(images, dimensions, filter, 'area', valuesOf(release, 'area'))
        const areaOf = new Map(byArea.map(row => [row.value, row.masks]))
        expect(rows.areas).toEqual(RANGE_VALUES.area.map(value => areaOf.get(value) ?? 0))
        expect(sorted(rows.facets.structure)).toEqual(naiveStructures(release, filter))
        const byDatasets = new Map<string, { images: number; masks: number }>()
        for (const { image, masks } of selected)
          for (const value of dimensions.datasets[image.dataset_id]!.structures?.split('|') ?? [
            UNASSIGNED,
          ]) {
            const sum = byDatasets.get(value) ?? { images: 0, masks: 0 }
            byDatasets.set(value, { images: sum.images + 1, masks: sum.masks + masks.length })
          }
        expect(sorted(rows.facets.datasetStructure)).toEqual(
          sorted([...byDatasets].map(([value, n]) => ({ value, ...n }))),
        )
        const withoutSize = withoutFacet(withoutFacet(filter, 'width'), 'height')
        const sizes = new Map<string, number>()
        for (const image of images) {
          if (!naive(image, withoutSize, dimensions).selected) continue
          for (const size of sizeOf(image)) sizes.set(size, (sizes.get(size) ?? 0) + 1)
        }
        expect(new Map(rows.sizes.map(s => [`${s.widthBin} ${s.heightBin}`, s.images]))).toEqual(
          sizes,
        )
      }),
      { numRuns: 80, seed },
    )
  }, 120_000)
})
