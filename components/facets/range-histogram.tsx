'use client'

import { memo } from 'react'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { binsOfRange } from '../../lib/filter/range-bins'
import { RangeAxis } from './range-axis'
import { binCountText } from './range-counts'
import { RangeSlider } from './range-slider'
import { rangeText } from './range-text'
import { useBrush } from './use-brush'

const HEIGHT_PX = 40

/** Bars of a numeric facet's bins, to brush; two sliders do the same for the keyboard. */
export const RangeHistogram = memo(function RangeHistogram({
  name,
  range,
  bins,
  all,
}: {
  name: RangeFacetName
  range: Range | undefined
  bins: readonly number[]
  /** Unfiltered: what the heights are a share of. */
  all: readonly number[]
}) {
  const { first, last, cut } = binsOfRange(name, range ?? {})
  const isWhole = (bin: number) => bin >= first && bin <= last && !cut.includes(bin)
  const isOnly = (bin: number) => range !== undefined && bin === first && bin === last
  const { hovered, handlers } = useBrush(name, isOnly)
  const top = Math.max(1, ...all)
  const path = (counts: readonly number[], isIn: (bin: number) => boolean = () => true) =>
    counts.map((n, bin) => (isIn(bin) ? bar(bin, n / top) : '')).join('')
  // As in the charts: images solid, masks outlined.
  const mark =
    FACETS[name].of === 'mask' ? 'fill-transparent stroke-data' : 'fill-data stroke-transparent'
  return (
    <div>
      <div
        className="cursor-crosshair touch-pan-y select-none"
        data-testid={`brush-${name}`}
        {...handlers}
      >
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${bins.length} 1`}
          preserveAspectRatio="none"
          className="block w-full overflow-visible border-b border-line"
          style={{ height: HEIGHT_PX }}
        >
          {hovered !== null && (
            <rect x={hovered} y={0} width={1} height={1} className="fill-raised" />
          )}
          <path d={path(all)} className="fill-ghost" />
          <path d={path(bins, isWhole)} {...THIN} className={mark} />
          <path
            d={path(bins, bin => cut.includes(bin))}
            {...THIN}
            className={`${mark} opacity-65`}
          />
          <path
            d={path(bins, bin => bin < first || bin > last)}
            {...THIN}
            className={`${mark} opacity-35`}
          />
        </svg>
      </div>
      <RangeAxis name={name} />
      <RangeSlider name={name} first={first} last={last} bins={bins} />
      <p className="h-[18px] truncate text-[11px] text-muted">
        {hovered !== null
          ? binCountText(name, hovered, bins)
          : range
            ? rangeText(name, range)
            : 'Drag over the bars to select'}
      </p>
    </div>
  )
})

const THIN = { vectorEffect: 'non-scaling-stroke', strokeWidth: 1 } as const

/** Heights by the square root, so that small bins are seen beside large ones; never less than a px. */
function bar(bin: number, share: number): string {
  if (share === 0) return ''
  const height = Math.max(1 / HEIGHT_PX, Math.sqrt(share))
  return `M${bin + 0.08} 1V${(1 - Math.min(1, height)).toFixed(4)}h0.84V1z`
}
