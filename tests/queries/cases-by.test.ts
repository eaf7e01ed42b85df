import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COUNTED } from '../../lib/counts/counts'
import { labelStructure } from '../../lib/filter/dimensions'
import { UNASSIGNED } from '../../lib/filter/facets'
import { type Filter, withAll, withoutFacet } from '../../lib/filter/filter'
import { RANGE_BINS, RANGE_VALUES } from '../../lib/filter/range-bins'
import { LABEL_FACETS, type LabelFacetName } from '../../lib/filter/selection'
import { binOf } from '../../lib/manifest/bins'
import { AXES } from '../../lib/manifest/tables'
import type { CaseAttribute } from '../../lib/queries/case-groups'
import { type CasePair, casesBy, pairKey } from '../../lib/queries/cases-by'
import { afterClick } from '../clicked'
import { countedMasks, naive } from '../naive'
import { type RandomImage, type RandomRelease, randomRelease } from '../random-release'

const FILTERS: Filter[] = [
  {},
  { modality: ['MR'] },
  { modality: ['CT', 'MR'], submodality: ['ct_00', 'mr_t1'], not: { axis: ['x'] } },
  { dataset: ['BTCV', 'BraTS'], width: { min: 255 } },
  { width: { min: 200, max: 300 }, height: { max: 256 }, aspect: { min: 1.0001 } },
  { masks: { min: 3 }, organ: ['Liver'] },
  { organ: ['Liver', UNASSIGNED], lesion: ['1'] },
  { not: { label: ['liver'], union: ['1'] } },
  { label: ['liver', 'tumor'], region: ['Abdomen'] },
  { area: { min: 0.1 } },
  { flag: ['constant', 'none'] },
  { not: { flag: ['mask_empty'] }, area: { min: 0.1 } },
  { area: { min: 0.2, max: 0.4 }, organ: ['Kidney', 'Lung'], side: ['left', 'none'] },
  { area: { max: 0.25 }, dataset: ['BraTS'], width: { min: 256, max: 300 } },
  { label: ['liver', 'tumor'], all: ['label'] },
  { area: { min: 0, max: 1 } },
  { union: ['0', '1'] },
  { union: ['1'], organ: ['Liver'] },
  { label: ['liver', 'union_liver_tumor'] },
  { label: ['liver', 'union_liver_tumor'], all: ['label'] },
  { organ: ['Kidney', 'Liver'], all: ['organ'], area: { max: 0.5 }, modality: ['CT'] },
  { label: ['liver'], all: ['label'], lesion: ['0'] },
  { organ: ['Liver'], all: ['organ'], union: ['0', '1'], area: { min: 0.1 } },
]

type Mask = RandomImage['masks'][number]
const binned = (name: keyof typeof RANGE_BINS, value: number | null) =>
  value === null ? [] : [RANGE_VALUES[name][binOf(RANGE_BINS[name], value)]!]

/** The values of an image, or of one of its masks. */
function valuesOf({ dimensions: d }: RandomRelease, by: CaseAttribute, i: RandomImage, mask: Mask) {
  const { submodality, modality } = d.submodalities[i.submodality_id]!
  const size = i.width === null || i.height === null ? null : [i.width, i.height]
  switch (by) {
    case 'modality':
      return [modality]
    case 'submodality':
      return [submodality]
    case 'dataset':
      return [d.datasets[i.dataset_id]!.dataset]
    case 'datasetStructure':
      return d.datasets[i.dataset_id]!.structures?.split('|') ?? [UNASSIGNED]
    case 'axis':
      return [AXES[i.axis_id]!]
    case 'flag':
      return i.flags.length > 0 ? i.flags : ['none']
    case 'width':
    case 'height':
      return binned(by, i[by])
    case 'aspect':
      return binned(by, size && size[0]! / size[1]!)
    case 'masks':
      return binned(by, i.masks.length)
    case 'area':
      return binned(by, size && mask.area! / (size[0]! * size[1]!))
    case 'structure':
      return [labelStructure(d.labels[mask.label_id]!)]
    default:
      return [LABEL_FACETS[by as LabelFacetName](d.labels[mask.label_id]!)]
  }
}

const OF_MASKS: readonly CaseAttribute[] = [
  'area',
  'structure',
  ...(Object.keys(LABEL_FACETS) as []),
]

function naiveCases(release: RandomRelease, filter: Filter, by: CaseAttribute) {
  const d = release.dimensions
  const cases = new Map<string, Set<number>>()
  for (const image of release.images) {
    const add = (value: string) =>
      cases.set(value, (cases.get(value) ?? new Set()).add(image.case_id))
    const ofImage = () => valuesOf(release, by, image, image.masks[0]!)
    if (by === 'datasetStructure') {
      if (naive(image, filter, d).selected) ofImage().forEach(add)
    } else if (by === 'structure') {
      const masks = countedMasks(image, filter, d)
      for (const mask of masks) valuesOf(release, by, image, mask).forEach(add)
    } else {
      const values = OF_MASKS.includes(by)
        ? image.masks.flatMap(mask => valuesOf(release, by, image, mask))
        : ofImage()
      for (const value of values)
        if (naive(image, afterClick(filter, by, value), d).selected) add(value)
    }
  }
  return new Map([...cases].map(([value, found]) => [value, found.size]))
}

describe('a random release', () => {
  let release: RandomRelease
  beforeAll(async () => {
    // Few images a case, or every case would have every value.
    release = await randomRelease(3, 25)
  })
  afterAll(() => release.staging.dispose())

  test.each([...COUNTED, 'area'] as CaseAttribute[])(
    'cases by %s are what a naive scan finds',
    async by => {
      const { engine } = release.staging
      for (const filter of FILTERS)
        expect(
          await casesBy(engine, release.dimensions, filter, by),
          JSON.stringify(filter),
        ).toEqual(naiveCases(release, filter, by))
    },
  )

  test.each([
    'organ × modality',
    'organ × submodality',
    'dataset × organ',
    'width × height',
  ] as CasePair[])('cases by %s are what a naive scan finds', async by => {
    for (const filter of FILTERS)
      expect(
        await casesBy(release.staging.engine, release.dimensions, filter, by),
        JSON.stringify(filter),
      ).toEqual(naivePairs(release, filter, by))
  })
})

/** Cases by two attributes of an image, or by one of its masks and one of its own. */
function naivePairs(release: RandomRelease, filter: Filter, by: CasePair) {
  const d = release.dimensions
  const sides = by.split(' × ') as CaseAttribute[]
  const isSize = by === 'width × height'
  const used = isSize
    ? withoutFacet(withoutFacet(filter, 'width'), 'height')
    : withAll(filter, 'organ', false)
  const cases = new Map<string, Set<number>>()
  for (const image of release.images) {
    if (!naive(image, used, d).selected) continue
    for (const mask of isSize ? [image.masks[0]!] : countedMasks(image, used, d)) {
      const [rows, columns] = sides.map(side => valuesOf(release, side, image, mask))
      for (const row of rows!)
        for (const column of columns!) {
          const key = pairKey([row, column])
          cases.set(key, (cases.get(key) ?? new Set()).add(image.case_id))
        }
    }
  }
  return new Map([...cases].map(([key, found]) => [key, found.size]))
}

test('an aborted count ends with the reason', async () => {
  const { staging, dimensions } = await randomRelease(5, 5)
  const stop = AbortSignal.abort(new Error('the filter changed'))
  await expect(casesBy(staging.engine, dimensions, {}, 'organ', stop)).rejects.toThrow(
    'the filter changed',
  )
  await staging.dispose()
})
