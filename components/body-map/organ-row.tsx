import { describeOrgan, type Measure, type OrganCount } from '../../lib/body-map/organ-counts'
import { STAR } from '../../lib/body-map/star'
import { pageColors } from '../../lib/charts/body-map-colors'
import { REGION_COLORS } from '../../lib/charts/colors'
import { formatShort } from '../../lib/format'

export interface OrganRowProps {
  readonly count: OrganCount
  readonly measure: Measure
  readonly active: boolean
  /** The swatch is at the end of the row: for rows on the left of the figure. */
  readonly swatchLast?: boolean
  readonly onActive: (organ: string | null) => void
  readonly onPick: (organ: string) => void
}

/** The name and count of an organ, as a button that does the same as its shape. */
export function OrganRow({ count, measure, active, swatchLast, onActive, onPick }: OrganRowProps) {
  const { organ, picked, faded } = count
  const words = describeOrgan(count)
  return (
    <button
      type="button"
      aria-pressed={picked}
      aria-label={words}
      title={words}
      data-value={count[measure]}
      onClick={() => onPick(organ)}
      onFocus={() => onActive(organ)}
      onBlur={() => onActive(null)}
      onPointerEnter={() => onActive(organ)}
      onPointerLeave={() => onActive(null)}
      className={`flex h-[24px] w-full items-center gap-[4px] rounded-sm px-[2px] text-left text-[11px] ${
        active ? 'bg-raised' : ''
      } ${picked ? 'font-semibold outline-[1.5px] -outline-offset-1 outline-text' : ''} ${
        faded ? 'text-muted' : ''
      }`}
    >
      {!swatchLast && <Swatch count={count} />}
      <span className="truncate">{organ}</span>
      {count.lesions && <LesionMark />}
      <span className="ml-auto shrink-0">{formatShort(count[measure])}</span>
      {swatchLast && <Swatch count={count} />}
    </button>
  )
}

function Swatch({ count }: { count: OrganCount }) {
  const { fill, edge } = pageColors(count.region, count.share)
  return (
    <span
      aria-hidden
      className={`size-[10px] shrink-0 border ${count.share === 0 ? 'border-dashed' : ''}`}
      style={{ background: fill, borderColor: edge }}
    />
  )
}

export function LesionMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 8 8" className="size-[8px] shrink-0" strokeLinecap="round">
      <path d={STAR} stroke={REGION_COLORS.Lesion} strokeWidth="1.5" />
    </svg>
  )
}
