'use client'

import { planCount } from '../../lib/cube/planner'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { useEngine } from '../engine-provider'
import { useQuery } from '../use-query'
import { type Remedy, remediesOf } from './remedies'

/** Changes of a filter without images that would leave some; null until they are counted. */
export function useRemedies(filter: Filter): readonly Remedy[] | null {
  const { cube, rowsLoaded } = useEngine()
  const text = formatFilter(filter)
  // Changes that only the rows can count are counted once they are loaded.
  const { found } = useQuery(cube, `${text}&rows=${rowsLoaded}`, async (cube, signal) => {
    const imagesOf = async (changed: Filter) => {
      if (!rowsLoaded && planCount(changed).path === 'rows') return 0
      // A change that cannot be counted is not offered; the page's own counts report the error.
      return cube.count(changed).then(
        ({ totals }) => totals.images,
        () => 0,
      )
    }
    return { text, remedies: await remediesOf(filter, imagesOf, signal) }
  })
  return found?.text === text ? found.remedies : null
}
