import type { Filter } from '../filter/filter'
import { LABEL_FACETS } from '../filter/selection'
import { makeTables } from './cell-table'
import { count, type Source } from './count'

const ROUNDS = 3

/**
 * Counts some filters, one a step, for nobody: what has run a few times is compiled, and the first
 * click is answered in milliseconds instead of a hundred.
 */
export function* warmUp(source: Source): Generator<void> {
  const { labels, submodalities } = source.dimensions
  const filters: Filter[] = [
    ...submodalities.slice(0, 1).map(({ modality }) => ({ modality: [modality] })),
    ...labels
      .slice(0, 1)
      .flatMap(label => [
        { organ: [LABEL_FACETS.organ(label)] },
        { not: { label: [label.label] }, masks: { min: 1 } },
      ]),
  ]
  for (let round = 0; round < ROUNDS; round++)
    for (const filter of filters) {
      count(source, filter, false)
      yield
    }
  yield* makeTables(source.cube)
}
