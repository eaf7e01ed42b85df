import type { Engine } from '../../lib/engine/engine'
import type { Dimensions } from '../../lib/filter/dimensions'
import type { Filter } from '../../lib/filter/filter'
import { type CasesBy, casesBy } from '../../lib/queries/cases-by'

type Cases = ReadonlyMap<string, number>

/** Cases by the values of facets under one filter, each counted once, when first asked for. */
export interface CasesMemory {
  /** What is counted already. */
  readonly known: (facet: CasesBy) => Cases | undefined
  readonly of: (facet: CasesBy) => Promise<Cases>
  /** Drop the counts that are under way. */
  readonly stop: () => void
}

export function casesMemory(engine: Engine, dimensions: Dimensions, filter: Filter): CasesMemory {
  const known = new Map<CasesBy, Cases>()
  const asked = new Map<CasesBy, Promise<Cases>>()
  let aborter = new AbortController()
  const count = async (facet: CasesBy) => {
    try {
      const cases = await casesBy(engine, dimensions, filter, facet, aborter.signal)
      known.set(facet, cases)
      return cases
    } catch (error) {
      // A failed count can be asked for again.
      asked.delete(facet)
      throw error
    }
  }
  return {
    known: facet => known.get(facet),
    of(facet) {
      const found = asked.get(facet) ?? count(facet)
      asked.set(facet, found)
      return found
    },
    stop() {
      aborter.abort()
      aborter = new AbortController()
      asked.clear()
    },
  }
}
