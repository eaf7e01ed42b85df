import type { Engine } from '../../lib/engine/engine'
import type { Dimensions } from '../../lib/filter/dimensions'
import type { Filter } from '../../lib/filter/filter'
import { type CasesBy, casesBy } from '../../lib/queries/cases-by'

type Cases = ReadonlyMap<string, number>

/** Cases by the values of facets under one filter. Each facet is counted once, when it is first requested. */
export interface CasesMemory {
  /** The cases of a facet, if they are counted already. */
  readonly known: (facet: CasesBy) => Cases | undefined
  readonly of: (facet: CasesBy) => Promise<Cases>
  /** Abort running counts. */
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
      // A failed count can be requested again.
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
