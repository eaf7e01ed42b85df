import type { Filter } from '../filter/filter'
import { LABEL_FACET_NAMES, LABEL_FACETS, resolveFilter } from '../filter/selection'
import { NO_FLAG } from '../manifest/flags'
import { allGroups } from './all-groups'
import { expectChoice, makeTables } from './cell-table'
import { choicesOf } from './choices'
import { count, countsMerged } from './count'
import type { Source } from './source'

/** While the rows are still on their way they need the processor too. */
const ROUNDS = { cubes: 2, rows: 3 } as const

/**
 * Counts some filters, one a step, for nobody: what has run a few times, and with every kind of facet,
 * is compiled once and for good. Without it the compiler competes with the first clicks for the
 * processor, and they take twice the time.
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

/** Values of these facets choose most labels: the slowest to count, and few. */
const BROAD = ['region', 'side', 'lesion', 'union'] as const

/** Expects the choices that one click on such a value makes. */
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
  // With the rows there is the time for more.
  return rows ? [...cubes, ...byLabel, { width: { min: 200, max: 511 } }] : cubes
}
