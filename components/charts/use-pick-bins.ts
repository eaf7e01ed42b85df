'use client'

import { useMemo } from 'react'
import type { RangeFacetName } from '../../lib/filter/facets'
import { withRange } from '../../lib/filter/filter'
import { toggleBins } from '../../lib/filter/pick-bins'
import { RANGE_VALUES, rangeOfBins } from '../../lib/filter/range-bins'
import { updateFilter } from '../use-filter'

/** What clicks and brushes on a facet's bins do to the filter; a brush is one entry of the history. */
export function usePickBins(name: RangeFacetName) {
  return useMemo(() => {
    const binOf = (value: string) => RANGE_VALUES[name].indexOf(value)
    let hasEntry = false
    return {
      onPick: (value: string) => {
        const bin = binOf(value)
        if (bin >= 0) updateFilter(filter => toggleBins(filter, name, bin, bin))
      },
      onBrush: (values: readonly string[], done: boolean) => {
        const bins = values.map(binOf).filter(bin => bin >= 0)
        if (bins.length > 0) {
          const range = rangeOfBins(name, Math.min(...bins), Math.max(...bins))
          const changed = updateFilter(filter => withRange(filter, name, range), {
            sameEntry: hasEntry,
          })
          hasEntry ||= changed
        }
        if (done) hasEntry = false
      },
    }
  }, [name])
}
