'use client'

import { Slider } from 'radix-ui'
import { useRef } from 'react'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import { withRange } from '../../lib/filter/filter'
import { binsOfRange, rangeOfBins } from '../../lib/filter/range-bins'
import { updateFilter, useWantedRange } from '../use-filter'
import { queryString } from '../use-query-string'
import { binCountText } from './range-counts'

/** Two sliders for the first and the last bin of a numeric facet's range; one step is one bin. */
export function RangeSlider({ name, bins }: { name: RangeFacetName; bins: readonly number[] }) {
  const { title } = FACETS[name]
  // The range in the URL, not that of the shown counts, so that a second key press continues from the first.
  const { first, last } = binsOfRange(name, useWantedRange(name) ?? {})
  // A drag, or all key presses until the focus leaves, make one entry of the history.
  const written = useRef<string | null>(null)
  const startRun = () => {
    written.current = null
  }
  const select = (from: number, to: number) => {
    const sameEntry = written.current === queryString()
    const hasChanged = updateFilter(
      filter => withRange(filter, name, rangeOfBins(name, from, to)),
      { sameEntry },
    )
    if (hasChanged) written.current = queryString()
  }
  const thumb = (label: string, bin: number) => (
    <Slider.Thumb
      aria-label={`${title}, ${label}`}
      aria-valuetext={binCountText(name, bin, bins)}
      className="flex size-[calc(2*var(--half))] items-center justify-center rounded-sm"
    >
      <span className="h-[14px] w-[8px] rounded-sm border border-muted bg-background" />
    </Slider.Thumb>
  )
  return (
    <Slider.Root
      min={0}
      max={bins.length - 1}
      value={[first, last]}
      preserveThumbOrder
      onValueChange={([from = 0, to = bins.length - 1]) => select(from, to)}
      onPointerDown={startRun}
      onBlur={startRun}
      // The middle of a thumb lies under the middle of a bar.
      className="relative mx-[calc(50%/var(--bins)-var(--half))] flex h-[calc(2*var(--half))] touch-pan-y items-center select-none [--half:12px] max-md:[--half:18px]"
      style={{ '--bins': bins.length } as React.CSSProperties}
    >
      <Slider.Track className="relative mx-(--half) h-[3px] grow rounded-sm bg-line">
        <Slider.Range className="absolute h-full rounded-sm bg-data" />
      </Slider.Track>
      {thumb('from', first)}
      {thumb('up to', last)}
    </Slider.Root>
  )
}
