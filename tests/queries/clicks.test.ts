import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MATRIX_KIND_NAMES, MATRIX_KINDS } from '../../components/coverage/matrix-kinds'
import { cellsFilter, pickCell } from '../../components/coverage/pick-cell'
import { finish } from '../../lib/async/steps'
import { organCounts } from '../../lib/body-map/organ-counts'
import { chartLabels } from '../../lib/counts/chart-labels'
import type { Counts } from '../../lib/counts/counts'
import { count } from '../../lib/cube/count'
import { countCases } from '../../lib/cube/count-cases'
import { labelAreas } from '../../lib/cube/label-areas'
import { labelPartners } from '../../lib/cube/label-partners'
import { pairCellsOf } from '../../lib/cube/pair-cells'
import { countPairs } from '../../lib/cube/pair-counts'
import type { Source } from '../../lib/cube/source'
import {
  type AllFacetName,
  isAllFacet,
  isRangeFacet,
  type ValueFacetName,
} from '../../lib/filter/facets'
import {
  activeFacets,
  EMPTY_FILTER,
  type Filter,
  toggleValue,
  wantsAll,
  withAll,
  withoutFacet,
  withValues,
} from '../../lib/filter/filter'
import { IMAGE_FACET_NAMES } from '../../lib/filter/image-facets'
import { toggleBins, toggleSize } from '../../lib/filter/pick-bins'
import {
  pickDatasetStructure,
  pickedDatasetStructures,
  pickedStructure,
  pickStructure,
} from '../../lib/filter/pick-structure'
import { formatFilter, parseFilter } from '../../lib/filter/query-string'
import { RANGE_VALUES } from '../../lib/filter/range-bins'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../../lib/filter/selection'
import { type CasesBy, casesBy, pairKey } from '../../lib/queries/cases-by'
import { totals } from '../../lib/queries/totals'
import { naive } from '../naive'
import { randomCube } from '../random-cube'
import { someFilter } from '../random-filter'
import type { RandomRelease } from '../random-release'

/** A number beside something to click, and the filter after the click. */
interface Shown {
  /** Where it stands, for messages. */
  readonly where: string
  /** What it says; a mask histogram says nothing of images. */
  readonly images?: number
  readonly masks?: number
  readonly after: Filter
  /** Masks are those of this value alone: of images that must have it beside others. */
  readonly added?: readonly [facet: AllFacetName, value: string]
  /** What tooltips count cases by, and the value. */
  readonly cases?: readonly [by: CasesBy, value: string]
}

/**
 * The filter after a click on a value that is not picked: the value alone, or, of a facet whose values an image must all
 * have, that value as well.
 */
function pickOf(
  filter: Filter,
  facet: ValueFacetName,
  value: string,
): Pick<Shown, 'after' | 'added'> {
  if (!isAllFacet(facet) || !wantsAll(filter, facet))
    return { after: toggleValue(withoutFacet(filter, facet), facet, value) }
  const values = filter[facet] ?? []
  const after = values.includes(value) ? filter : toggleValue(filter, facet, value)
  return { after, added: [facet, value] }
}

/** Everything to click on a page of a filter, but for values that a click would take off. */
function* shownOn(source: Source, filter: Filter, counts: Counts): Generator<Shown> {
  const { dimensions } = source
  for (const facet of [...IMAGE_FACET_NAMES, ...LABEL_FACET_NAMES]) {
    // Trees, lists of values, ranges, and bars; the number of a value is that of the value alone.
    for (const { value, images, masks } of counts.facets[facet]) {
      const pick = isRangeFacet(facet)
        ? { after: toggleBins(withoutFacet(filter, facet), facet, ...binOf(facet, value)) }
        : pickOf(filter, facet, value)
      const where = `${facet}${pick.added ? ' as well' : ''} ${value}`
      yield { where, images, masks, ...pick, cases: [facet, value] }
    }
  }
  for (const [at, { widthBin, heightBin, images }] of counts.sizes.entries()) {
    const alone = withoutFacet(withoutFacet(filter, 'width'), 'height')
    yield { where: `size ${at}`, images, after: toggleSize(alone, widthBin, heightBin) }
  }
  const structures = counts.facets.datasetStructure.map(({ value }) => value)
  const picked = pickedDatasetStructures(filter, structures, dimensions)
  for (const { value, images, masks } of counts.facets.datasetStructure) {
    if (picked.includes(value)) continue
    const after = pickDatasetStructure(filter, value, dimensions)
    yield { where: `dataset structure ${value}`, images, masks, after }
  }
  for (const [bin, masks] of counts.areas.entries()) {
    const after = toggleBins(withoutFacet(filter, 'area'), 'area', bin, bin)
    yield { where: `area ${bin}`, masks, after, cases: ['area', RANGE_VALUES.area[bin]!] }
  }
  for (const { value, images, masks } of counts.facets.structure) {
    if (value === pickedStructure(filter)) continue
    const after = pickStructure(filter, value)
    yield { where: `structure ${value}`, images, masks, after, cases: ['structure', value] }
  }
  const { organ } = counts.facets
  for (const { organ: value, images, masks } of organCounts(organ, organ)) {
    yield { where: `body map ${value}`, images, masks, ...pickOf(filter, 'organ', value) }
  }
  for (const { value, images, masks } of chartLabels(counts.facets.label, filter)) {
    yield { where: `label chart ${value}`, images, masks, ...pickOf(filter, 'label', value) }
  }
  for (const { label, masks, areas } of finish(labelAreas(source, filter))) {
    const pick = pickOf(withoutFacet(filter, 'area'), 'label', label)
    yield { where: `areas of ${label}`, masks, ...pick }
    for (const [bin, n] of areas.entries())
      yield {
        where: `areas of ${label}, ${bin}`,
        masks: n,
        ...pick,
        after: toggleBins(pick.after, 'area', bin, bin),
      }
  }
}

/** The cells of the coverage matrix, with all their kinds. */
function* shownInMatrix(source: Source, filter: Filter): Generator<Shown> {
  const { dimensions } = source
  for (const name of MATRIX_KIND_NAMES) {
    const kind = MATRIX_KINDS[name]
    const counted = cellsFilter(filter, kind)
    const cells = pairCellsOf(source, counted)
    const isCounted = kind.rowsBy !== 'label'
    for (const cell of finish(countPairs(cells, dimensions, kind.rowsBy, kind.columnsBy))) {
      const alone = withoutFacet(withoutFacet(filter, kind.rowsBy), kind.columnsBy)
      yield {
        where: `${kind.title}: ${cell.row} ${cell.column}`,
        images: cell.images,
        ...(cell.masks !== null && { masks: cell.masks }),
        after: pickCell(alone, kind, cell, false),
        ...(isCounted && {
          cases: [
            `${kind.rowsBy} × ${kind.columnsBy}` as CasesBy,
            pairKey([cell.row, cell.column]),
          ],
        }),
      }
    }
  }
}

/** The first word of what says where a number stands. */
const placeOf = ({ where }: Shown) => where.split(/[ :]/)[0]!

const binOf = (facet: keyof typeof RANGE_VALUES, value: string): [number, number] => {
  const bin = RANGE_VALUES[facet].indexOf(value)
  return [bin, bin]
}

describe.each([11, 12])('random release %i', seed => {
  let release: RandomRelease
  let source: Source
  beforeAll(async () => {
    const { release: made, cube, rows } = await randomCube(seed, 150)
    release = made
    source = { cube, rows, dimensions: made.dimensions }
  })
  afterAll(() => release.staging.dispose())

  /** What the page and a naive scan count after a click; both say the same. */
  function afterClick(after: Filter, added?: Shown['added']) {
    // As it comes back out of the URL.
    const { filter, problems } = parseFilter(formatFilter(after))
    expect(problems).toEqual([])
    const found = release.images.map(image => naive(image, filter, release.dimensions))
    const expected = {
      images: found.filter(one => one.selected).length,
      masks: found.reduce((n, one) => n + one.masks.length, 0),
    }
    expect(count(source, filter).totals).toMatchObject(expected)
    if (!added) return { ...expected, filter }
    const [facet, value] = added
    const { labels } = release.dimensions
    const ofValue = found.flatMap(one =>
      one.masks.filter(({ label_id }) => LABEL_FACETS[facet](labels[label_id]!) === value),
    )
    return { images: expected.images, masks: ofValue.length, filter }
  }

  const check = ({ where, images, masks, after, added }: Shown, filter: Filter) => {
    const { filter: picked, ...given } = afterClick(after, added)
    const said = {
      images: images ?? given.images,
      masks: masks ?? given.masks,
    }
    expect(given, `${where} under "${formatFilter(filter)}"`).toEqual(said)
    return picked
  }

  test('the number beside a value is the number that clicking it gives', async () => {
    const { engine } = release.staging
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(someFilter, fc.infiniteStream(fc.nat()), async (any, random) => {
        // As a URL can say it.
        const { filter } = parseFilter(formatFilter(any))
        const shown = [
          ...shownOn(source, filter, count(source, filter)),
          ...shownInMatrix(source, filter),
        ]
        // A place first, then a number in it: some places have few.
        const places = [...new Set(shown.map(placeOf))]
        const anyOf = <Item>(items: readonly Item[]) => items[random.next().value! % items.length]!
        for (let clicks = 0; clicks < 12 && places.length > 0; clicks++) {
          const place = anyOf(places)
          const one = anyOf(shown.filter(number => placeOf(number) === place))
          seen.add(place)
          const after = check(one, filter)
          if (clicks > 1) continue
          // The command line, and what tooltips say of cases.
          const selection = resolveFilter(after, release.dimensions)
          const { images, masks } = await totals(engine, selection)
          expect({ images, masks }).toEqual({
            images: one.images ?? images,
            masks: one.added ? masks : (one.masks ?? masks),
          })
          if (!one.cases) continue
          const [by, value] = one.cases
          const cases = await casesBy(engine, release.dimensions, filter, by)
          const counted = finish(countCases(source, after))
          expect(counted.cases, one.where).toBe(cases.get(value) ?? 0)
        }
      }),
      { numRuns: 80, seed },
    )
    for (const where of ['organ', 'label', 'union', 'body', 'areas', 'area', 'Organ', 'Label'])
      expect([...seen]).toContain(where)
  }, 120_000)

  test('merged masks: every number of the pages where they are picked, taken or left out', () => {
    for (const query of [
      '',
      'label=union_liver_tumor',
      'label=liver,union_liver_tumor',
      'label=!liver',
      'label=!union_liver_tumor',
      'organ=Liver',
      'region=Abdomen&lesion=1',
      'side=none',
      'area=0..1',
      'area=0.1..0.5&label=union_liver_tumor',
      'union=0',
      'union=1',
      'union=0,1',
      'union=!1',
      'union=0,1&organ=Liver',
      'union=1&label=liver',
      'modality=MR&width=200..300',
      'label.all=liver,union_liver_tumor',
      'label.all=liver,tumor&lesion=1',
      'label.all=liver&union=0,1',
      'organ.all=Kidney,Liver&union=1',
      'organ.all=Liver&area=0.1..0.5',
      'organ.all=Kidney,Liver&label=liver,union_liver_tumor',
      'label.all=liver,tumor&organ.all=Kidney,Liver&area=..0.3',
    ]) {
      const { filter } = parseFilter(query)
      for (const one of shownOn(source, filter, count(source, filter))) check(one, filter)
      for (const one of shownInMatrix(source, filter)) check(one, filter)
    }
  }, 120_000)

  test('a merged label in the facet says what picking it gives, whatever is counted elsewhere', () => {
    const name = 'union_liver_tumor'
    for (const filter of [EMPTY_FILTER, parseFilter('organ=Liver&area=0..1').filter]) {
      expect(activeFacets(filter).includes('union')).toBe(false)
      const row = count(source, filter).facets.label.find(({ value }) => value === name)
      expect(row?.images).toBeGreaterThan(0)
      expect(afterClick(withValues(filter, 'label', [name]))).toMatchObject({
        images: row?.images,
        masks: row?.masks,
      })
      expect(chartLabels(count(source, filter).facets.label, filter)).not.toContainEqual(row)
    }
  })

  test('what a label occurs with leads to images with both', () => {
    for (const name of new Set(release.dimensions.labels.map(({ label }) => label)))
      for (const { label, images } of labelPartners(source.cube, release.dimensions, name)) {
        const both = withAll(withValues(EMPTY_FILTER, 'label', [name, label]), 'label', true)
        expect(afterClick(both).images, `${name} with ${label}`).toBe(images)
      }
  })
})
