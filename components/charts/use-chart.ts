'use client'

import { useMemo } from 'react'
import type { Chart } from '../../lib/charts/base'
import type { ChartTheme } from '../../lib/charts/colors'

/**
 * The same chart for the same theme as long as `build` stays the same, so that a frame that renders
 * again draws nothing again.
 *
 * @param build Stable: from `useCallback`.
 */
export function useChart(build: (theme: ChartTheme) => Chart): (theme: ChartTheme) => Chart {
  return useMemo(() => {
    const drawn = new Map<ChartTheme, Chart>()
    return theme => {
      const chart = drawn.get(theme) ?? build(theme)
      drawn.set(theme, chart)
      return chart
    }
  }, [build])
}
