import type { Measure } from '../../lib/body-map/organ-counts'
import { legendSteps, strength } from '../../lib/charts/body-map-colors'
import { formatShort } from '../../lib/format'
import { LesionMark } from './organ-row'

/** Colour scale in grey; the colour of every region has the same steps. */
export function BodyMapLegend({ max, measure }: { max: number; measure: Measure }) {
  return (
    <div className="flex min-h-[28px] flex-wrap items-center gap-x-3 gap-y-1 px-[2px] text-[11px] text-muted">
      <span>{measure}, log</span>
      <ul className="flex" aria-label={`Colour scale by number of ${measure}`}>
        {[0, ...legendSteps(max)].map(step => (
          <li key={step} className="w-[34px] text-center leading-[16px]">
            <span
              aria-hidden
              className={`block h-[8px] border border-muted ${step === 0 ? 'mr-[4px] border-dashed' : ''}`}
              style={{
                background: `color-mix(in srgb, var(--muted) ${strength(step, max) * 100}%, var(--background))`,
              }}
            />
            {formatShort(step)}
          </li>
        ))}
      </ul>
      <span className="flex items-center gap-1">
        <LesionMark /> lesions annotated
      </span>
    </div>
  )
}
