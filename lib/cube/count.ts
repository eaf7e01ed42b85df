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
 * Count a filter: whole cells from the cubes, the images of cells that it cuts one by one. Exact for
 * every filter, and the same answer as `countRows`; some milliseconds from the cubes, some hundred
 * where all rows are looked at.
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
      // Which labels count in which groups is known of all of them, so that facets share tables.
      selection: resolveOthers(filter, name, dimensions),
      // Without this facet the cubes may be enough.
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
 * Whether a filter's groups of labels have merged ones in them. Of labels that are picked by name, those that
 * are not picked do not pass, so nothing is left to keep apart.
 */
export const countsMerged = (filter: Filter): boolean =>
  hasUnionFacet(filter) || filter.label !== undefined

interface LabelQuestion extends FilterQuestion {
  /** The counts by each grouping of labels that the question's tally amounts to. */
  readonly counts: (tally: Tally) => [LabelGrouping, FacetCount[]][]
}

/** A question that counts labels by some groupings. */
function labelQuestion(
  dimensions: Dimensions,
  groupings: readonly LabelGrouping[],
  merged: boolean,
  question: AskedFilter,
): LabelQuestion {
  // A label's images are counted as they are; those of groups from the groups of each image.
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
 * Take questions to the cubes, and those whose filters cut cells to the rows, all at once.
 *
 * @param filter Has the ranges of all questions' filters.
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
