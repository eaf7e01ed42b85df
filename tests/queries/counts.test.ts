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
import { type Dimensions, type LabelRow, labelStructure } from '../../lib/filter/dimensions'
import { type FacetName, UNASSIGNED } from '../../lib/filter/facets'
import { type Filter, withoutFacet } from '../../lib/filter/filter'
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
import { someFilter } from '../random-filter'
import type { RandomImage, RandomRelease } from '../random-release'

/** Two cases of the random release are two frames of one heart. */
const patientOfCase = (caseId: number) => (caseId === 6 ? 5 : caseId)

const binned = (name: 'width' | 'height' | 'aspect' | 'masks', value: number | null) =>
  value === null ? [] : [RANGE_VALUES[name][binOf(RANGE_BINS[name], value)]!]

const binOfArea = ({ width, height }: RandomImage, area: number | null) =>
  area === null ? [] : [RANGE_VALUES.area[binOf(AREA_SHARE_BINS, area / (width! * height!))]!]

/** The values that an image has of each facet that is no label's. */
const VALUES: Record<
  Exclude<FacetName, LabelFacetName>,
  (image: RandomImage, dimensions: Dimensions) => string[]
> = {
  modality: (image, d) => [d.submodalities[image.submodality_id]!.modality],
  submodality: (image, d) => [d.submodalities[image.submodality_id]!.submodality],
  dataset: (image, d) => [d.datasets[image.dataset_id]!.dataset],
  axis: image => [AXES[image.axis_id]!],
  flag: image => (image.flags.length > 0 ? image.flags : ['none']),
  width: image => binned('width', image.width),
  height: image => binned('height', image.height),
  aspect: ({ width, height }) => binned('aspect', width && height && width / height),
  masks: image => binned('masks', image.masks.length),
  area: image => image.masks.flatMap(({ area }) => binOfArea(image, area)),
}

/** The values that a facet can take in the release: each is clicked. */
const valuesOf = ({ images, dimensions }: RandomRelease, facet: FacetName): string[] =>
  isLabelFacet(facet)
    ? dimensions.labels.map(LABEL_FACETS[facet])
    : images.flatMap(image => VALUES[facet](image, dimensions))

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
        const caseIds = selected.map(one => one.image.case_id)
        const cases = {
          cases: new Set(caseIds).size,
          patients: new Set(caseIds.map(patientOfCase)).size,
        }
        expect(await countCases(engine, selection)).toEqual(cases)
        expect(finish(casesInMemory({ cube, rows: memory, dimensions }, filter))).toEqual(cases)
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
