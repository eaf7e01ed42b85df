'use client'

import { useMemo } from 'react'
import type { RangeFacetName } from '../../lib/filter/facets'
import { withRange } from '../../lib/filter/filter'
import { toggleBins } from '../../lib/filter/pick-bins'
import { rangeOfBins } from '../../lib/filter/range-bins'
import { updateFilter } from '../use-filter'
import type { Crossed } from './use-brush'

/**
 * What clicks and drags on a facet's bins do to the filter. A click selects one bin, or removes the range if it
 * was exactly that bin. A drag selects the bins that it crosses, in one entry of the history.
 */
export function usePickBins(name: RangeFacetName) {
  return useMemo(() => {
    let hasEntry = false
    return {
      pick: (bin: number) => {
        updateFilter(filter => toggleBins(filter, name, bin, bin))
      },
      brush: ({ first, last }: Crossed, done: boolean) => {
        const range = rangeOfBins(name, first, last)
        const changed = updateFilter(filter => withRange(filter, name, range), {
          sameEntry: hasEntry,
        })
        hasEntry = !done && (hasEntry || changed)
      },
    }
  }, [name])
}
