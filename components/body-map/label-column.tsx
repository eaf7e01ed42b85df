import type { CSSProperties } from 'react'
import { LABEL_BLOCKS, type Side } from '../../lib/body-map/label-layout'
import type { Measure, OrganCount } from '../../lib/body-map/organ-counts'
import { REGION_COLORS } from '../../lib/charts/colors'
import { OrganRow } from './organ-row'

/** The labels on one side of the figure, by region, each as near to the height of its organ as there is room. */
export function LabelColumn({
  side,
  counts,
  measure,
  active,
  onActive,
  onPick,
}: {
  side: Side
  counts: ReadonlyMap<string, OrganCount>
  measure: Measure
  active: string | null
  onActive: (organ: string | null) => void
  onPick: (organ: string) => void
}) {
  return (
    <div className={`relative min-w-0 ${side === 'left' ? '@min-[520px]:order-first' : ''}`}>
      {LABEL_BLOCKS.filter(block => block.side === side).map(({ region, top, organs }) => (
        <div
          key={region}
          className="inset-x-0 top-(--top) pb-[8px] @min-[520px]:absolute @min-[520px]:pb-0"
          style={{ '--top': `${top}px` } as CSSProperties}
        >
          <p className="flex h-[20px] items-end gap-[4px] px-[2px] text-[11px] leading-4 text-muted">
            <span
              aria-hidden
              className="mb-[6px] h-[3px] w-[10px] shrink-0"
              style={{ background: REGION_COLORS[region] }}
            />
            {region}
          </p>
          <ul aria-label={region}>
            {organs.map(organ => {
              const count = counts.get(organ)
              return (
                count && (
                  <li key={organ}>
                    <OrganRow
                      count={count}
                      measure={measure}
                      active={active === organ}
                      swatchLast={side === 'left'}
                      onActive={onActive}
                      onPick={onPick}
                    />
                  </li>
                )
              )
            })}
          </ul>
        </div>
      ))}
    </div>
  )
}
