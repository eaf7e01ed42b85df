'use client'

import { memo, type PointerEvent, useState } from 'react'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { binsOfRange } from '../../lib/filter/range-bins'
import { useBrush } from '../brush/use-brush'
import { usePickBins } from '../brush/use-pick-bins'
import { RangeAxis } from './range-axis'
import { binCountText } from './range-counts'
import { RangeSlider } from './range-slider'
import { rangeText } from './range-text'

const HEIGHT_PX = 40

/** Bars of a numeric facet's bins. A drag selects a range; two sliders do the same for the keyboard. */
export const RangeHistogram = memo(function RangeHistogram({
  name,
  range,
  bins,
  all,
}: {
  name: RangeFacetName
  range: Range | undefined
  bins: readonly number[]
  /** Unfiltered counts; the largest has the full height. */
  all: readonly number[]
}) {
  const { first, last, cut } = binsOfRange(name, range ?? {})
  const isWhole = (bin: number) => bin >= first && bin <= last && !cut.includes(bin)
  const [hovered, setHovered] = useState<number | null>(null)
  const { pick, brush } = usePickBins(name)
  const binAt = (clientX: number, target: Element) => {
    const { left, width } = target.getBoundingClientRect()
    const bin = Math.floor(((clientX - left) / width) * bins.length)
    return Math.max(0, Math.min(bins.length - 1, bin))
  }
  const brushing = useBrush(binAt, brush, pick).handlers
  const hover = ({ clientX, currentTarget }: PointerEvent) =>
    setHovered(binAt(clientX, currentTarget))
  const leave = () => setHovered(null)
  const handlers = {
    ...brushing,
    onPointerDown(event: PointerEvent) {
      hover(event)
      brushing.onPointerDown(event)
    },
    onPointerMove(event: PointerEvent) {
      hover(event)
      brushing.onPointerMove(event)
    },
    onPointerCancel() {
      leave()
      brushing.onPointerCancel()
    },
    onPointerLeave: leave,
  }
  const top = Math.max(1, ...all)
  const path = (counts: readonly number[], isIn: (bin: number) => boolean = () => true) =>
    counts.map((n, bin) => (isIn(bin) ? bar(bin, n / top) : '')).join('')
  // As in the charts: bars of images are solid, bars of masks are outlined.
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
      <RangeSlider name={name} bins={bins} />
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

/** Heights grow with the square root, so that small bins stay visible beside large ones; at least 1 px. */
function bar(bin: number, share: number): string {
  if (share === 0) return ''
  const height = Math.max(1 / HEIGHT_PX, Math.sqrt(share))
  return `M${bin + 0.08} 1V${(1 - Math.min(1, height)).toFixed(4)}h0.84V1z`
}
