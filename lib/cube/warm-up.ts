import type { Filter } from '../filter/filter'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../filter/selection'
import { NO_FLAG } from '../manifest/flags'
import { allGroups } from './all-groups'
import { expectChoice, makeTables } from './cell-table'
import { choicesOf } from './choices'
import { count, countsMerged } from './count'
import type { Source } from './source'

/** Fewer rounds while the rows are loading, because loading needs the processor too. */
const ROUNDS = { cubes: 2, rows: 3 } as const

/**
 * Counts some filters without using the result, one filter per step, so that JavaScript engines compile the code for
 * every kind of facet. Otherwise the compiler competes with the first clicks for the processor, and they take twice
 * the time.
 */
export function* warmUp(source: Source): Generator<void> {
  const filters = someFilters(source)
  const rounds = source.rows ? ROUNDS.rows : ROUNDS.cubes
  for (let round = 0; round < rounds; round++)
    for (const filter of filters) {
      count(source, filter)
      yield
    }
  if (source.rows) expectClicks(source)
  yield* makeTables(source.cube)
}

/**
 * Values of these facets select the most labels, which makes them the slowest to count; and these facets have few
 * values.
 */
const BROAD = ['region', 'side', 'lesion', 'union'] as const

/** Requests the tables that one click on such a value needs. */
function expectClicks({ cube, dimensions }: Source) {
  for (const name of BROAD)
    for (const value of new Set(dimensions.labels.map(LABEL_FACETS[name]))) {
      const filter = { [name]: [value] }
      const selection = resolveFilter(filter, dimensions)
      const { bits } = allGroups(dimensions, countsMerged(filter))
      expectChoice(cube, choicesOf(selection, dimensions), bits)
    }
}

/** Filters of every kind that the source can answer at once. */
function someFilters({ rows, dimensions }: Source): Filter[] {
  const { labels, submodalities, datasets } = dimensions
  const [label, submodality, dataset] = [labels[0], submodalities[0], datasets[0]]
  if (!label || !submodality || !dataset) return []
  const byLabel = LABEL_FACET_NAMES.map(name => ({ [name]: [LABEL_FACETS[name](label)] }))
  const cubes: Filter[] = [
    { modality: [submodality.modality] },
    { dataset: [dataset.dataset], axis: ['z'] },
    { flag: [NO_FLAG], masks: { min: 1 } },
    { modality: [submodality.modality], organ: [LABEL_FACETS.organ(label)] },
    { not: { label: [label.label] }, masks: { min: 1 } },
  ]
  // Once the rows are loaded, there is time for more.
  return rows ? [...cubes, ...byLabel, { width: { min: 200, max: 511 } }] : cubes
}
