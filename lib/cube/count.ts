import { finish, type Steps } from '../async/steps'
import type { Counts } from '../counts/counts'
import { groupingCounts, type LabelGroup, type LabelGrouping } from '../counts/label-groups'
import { countsAlone } from '../filter/all-values'
import type { Dimensions } from '../filter/dimensions'
import { type AllFacetName, type FacetName, isAllFacet } from '../filter/facets'
import { activeFacets, type Filter, wantsAll, withoutFacet } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import { LABEL_FACET_NAMES, type LabelFacetName, resolveOthers } from '../filter/selection'
import { AREA_SHARE_BINS } from '../manifest/bins'
import type { FacetCount } from '../manifest/manifest'
import { countAllFacet } from './all-facet'
import { allGroups } from './all-groups'
import { countCells } from './count-cells'
import { ALL_FAILED, cutCells } from './failed-cells'
import { type AskedFilter, askFilter, type FilterQuestion } from './filter-question'
import { groupSums } from './patterns'
import type { Source } from './source'
import { emptyTally, type Tally } from './tally'
import { tallyCube } from './tally-cube'
import { type RowQuestion, tallyRows } from './tally-rows'

/**
 * Count a filter: whole cells from the cubes, and one by one the images of cells that a range cuts. Exact for every
 * filter, with the same result as `countRows`. Takes a few milliseconds from the cubes, and a few hundred if all rows
 * are visited.
 *
 * @throws Error if rows are needed and missing.
 */
export function count(source: Source, filter: Filter): Counts {
  const { cube, dimensions } = source
  const asking = askFilter(cube.cells, dimensions, filter, 'all')
  const active = new Set(activeFacets(filter))
  const used = LABEL_FACET_NAMES.filter(name => active.has(name))
  const unused = LABEL_FACET_NAMES.filter(name => !active.has(name))

  const merged = countsMerged(filter)
  const main = labelQuestion(dimensions, [...unused, 'structure'], merged, asking)
  // A facet's own values only need the images that pass all image facets.
  const passing = asking.failed.map(bits => (bits === 0 ? 0 : ALL_FAILED))
  const own = (name: FacetName, wants: 'labels' | 'areas', groupings: LabelGrouping[]) =>
    labelQuestion(dimensions, groupings, merged, {
      failed: passing,
      wants,
      // Always from all labels, so that all facets share the same tables.
      selection: resolveOthers(filter, name, dimensions),
      // Without this facet, the cubes alone may be enough.
      filter: wantsAll(filter, name) ? filter : withoutFacet(filter, name),
    })
  const alone = used.filter(
    (name): name is AllFacetName & LabelFacetName => isAllFacet(name) && countsAlone(filter, name),
  )
  const byLabel = used
    .filter(name => !alone.some(one => one === name))
    .map(name => own(name, 'labels', [name]))
  const byArea = filter.area ? own('area', 'areas', []) : main

  const asked = [main, ...byLabel, ...(filter.area ? [byArea] : [])]
  const tallies = finish(tallyAll(source, filter, asked))
  const tallyFor = (one: LabelQuestion) => tallies[asked.indexOf(one)] as Tally
  const labelFacets = Object.fromEntries([
    ...[main, ...byLabel].flatMap(one => one.counts(tallyFor(one))),
    ...alone.map(name => [name, finish(countAllFacet(source, filter, name))]),
  ]) as Record<LabelGrouping, FacetCount[]>
  const { facets, totals, sizes } = countCells(cube.cells, tallyFor(main).parts, dimensions)
  return {
    totals,
    facets: { ...facets, ...labelFacets },
    areas: Array.from(tallyFor(byArea).areas.subarray(0, AREA_SHARE_BINS.edges.length)),
    sizes,
  }
}

/**
 * Whether the groups of labels include merged labels. If the filter picks labels by name, all other labels are
 * excluded anyway, so merged labels need not be kept apart.
 */
export const countsMerged = (filter: Filter): boolean =>
  hasUnionFacet(filter) || filter.label !== undefined

interface LabelQuestion extends FilterQuestion {
  /** A tally of this question → counts by each grouping of labels. */
  readonly counts: (tally: Tally) => [LabelGrouping, FacetCount[]][]
}

/** A question that counts labels by some groupings. */
function labelQuestion(
  dimensions: Dimensions,
  groupings: readonly LabelGrouping[],
  merged: boolean,
  question: AskedFilter,
): LabelQuestion {
  // Images of a label are counted directly; images of a group need the combination of groups of each image.
  const needsGroups = groupings.some(grouping => grouping !== 'label')
  const { groups, bits } = allGroups(dimensions, merged)
  const patterns = groupSums(1)
  return {
    ...question,
    groups: needsGroups ? bits : null,
    addPattern: patterns.add,
    apart: true,
    counts({ labelMasks, labelImages }) {
      const labels = dimensions.labels.flatMap(({ label_id }) => {
        const masks = labelMasks[label_id] as number
        return masks > 0 ? [{ label_id, images: labelImages[label_id] as number, masks }] : []
      })
      const sums = patterns.sums()
      const imagesOf = ({ grouping, value }: LabelGroup) =>
        sums[groups.get(`${grouping} ${value}`) ?? -1] ?? 0
      return groupingCounts(groupings, labels, dimensions, merged, imagesOf)
    },
  }
}

/**
 * Answer questions from the cubes, and those whose filters cut cells from the rows as well, in one pass over the
 * rows.
 *
 * @param filter Its ranges are those of all questions' filters.
 */
export function* tallyAll(
  { cube, rows, dimensions }: Source,
  filter: Filter,
  questions: readonly FilterQuestion[],
): Steps<Tally[]> {
  const forRows: RowQuestion[] = []
  const tallies = questions.map(question => {
    const tally = emptyTally(question, dimensions.labels.length)
    const cut = cutCells(cube.cells, question.filter)
    if (!cut?.every(one => one === 1)) tallyCube(cube, dimensions, question, cut, tally)
    if (cut) forRows.push({ question, cut, tally })
    return tally
  })
  if (forRows.length === 0) return tallies
  if (!rows) throw new Error('the rows are not loaded yet')
  yield* tallyRows(rows, cube, dimensions, filter, forRows)
  return tallies
}
