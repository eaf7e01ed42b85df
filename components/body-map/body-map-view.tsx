'use client'

import { useState } from 'react'
import {
  describeOrgan,
  type Measure,
  type OrganCount,
  UNASSIGNED,
} from '../../lib/body-map/organ-counts'
import { CasesOf, useHasCases } from '../charts/cases-of'
import { BodyFigure } from './body-figure'
import { BodyMapLegend } from './body-map-legend'
import { LabelColumn } from './label-column'
import { OrganRow } from './organ-row'

/** The figure between its labels; below them masks without an organ, the exact counts and the scale. */
export function BodyMapView({
  counts,
  max,
  measure,
  onPick,
}: {
  counts: readonly OrganCount[]
  max: number
  measure: Measure
  onPick: (organ: string) => void
}) {
  const [active, setActive] = useState<string | null>(null)
  const hasCases = useHasCases()
  const byOrgan = new Map(counts.map(count => [count.organ, count]))
  const shared = { counts: byOrgan, active, onActive: setActive, onPick }
  const unassigned = byOrgan.get(UNASSIGNED)
  const shown = active === null ? undefined : byOrgan.get(active)
  return (
    <div>
      <div className="mx-auto grid max-w-[640px] grid-cols-2 gap-x-3 @min-[520px]:grid-cols-[minmax(0,1fr)_250px_minmax(0,1fr)] @min-[520px]:gap-x-0">
        <div className="col-span-2 @min-[520px]:col-span-1">
          <BodyFigure {...shared} />
        </div>
        <LabelColumn {...shared} side="left" measure={measure} />
        <LabelColumn {...shared} side="right" measure={measure} />
      </div>
      <div className="mt-1 border-t border-line pt-1">
        {unassigned && (
          <div className="w-[176px]">
            <OrganRow
              count={unassigned}
              measure={measure}
              active={active === UNASSIGNED}
              onActive={setActive}
              onPick={onPick}
            />
          </div>
        )}
        {/* Hidden from screen readers, because the rows' names have the same numbers. */}
        <p aria-hidden="true" className="h-[34px] px-[2px] text-[11px] leading-[16px]">
          {shown ? (
            <>
              {describeOrgan(shown)}
              {hasCases && (
                <>
                  ; cases: <CasesOf facet="organ" value={shown.organ} />
                </>
              )}
            </>
          ) : (
            <span className="text-muted">Hover over an organ for exact counts</span>
          )}
        </p>
        <BodyMapLegend max={max} measure={measure} />
      </div>
    </div>
  )
}
