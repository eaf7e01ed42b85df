import {
  BODY_OUTLINE,
  FIGURE_BOX,
  FIGURE_HEIGHT,
  FIGURE_WIDTH,
} from '../../lib/body-map/body-outline'
import { leaderPoints } from '../../lib/body-map/leader'
import { describeOrgan, type OrganCount } from '../../lib/body-map/organ-counts'
import { ORGAN_SHAPES } from '../../lib/body-map/organ-shapes'
import { pageColors } from '../../lib/charts/body-map-colors'
import { OrganParts } from './organ-parts'

export interface BodyFigureProps {
  readonly counts: ReadonlyMap<string, OrganCount>
  /** The organ under the pointer or the keyboard. */
  readonly active: string | null
  readonly onActive: (organ: string | null) => void
  readonly onPick: (organ: string) => void
}

/**
 * The drawn body. Hidden from screen readers, because the buttons of the label rows have the same numbers; the
 * shapes are only a second place to click.
 */
export function BodyFigure({ counts, active, onActive, onPick }: BodyFigureProps) {
  return (
    <svg
      viewBox={FIGURE_BOX}
      width={FIGURE_WIDTH}
      height={FIGURE_HEIGHT}
      aria-hidden="true"
      className="mx-auto block"
    >
      <path d={BODY_OUTLINE} fill="var(--raised)" />
      {ORGAN_SHAPES.map(shape => {
        const count = counts.get(shape.organ)
        if (!count) return null
        const { fill, edge } = pageColors(count.region, count.share)
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the label's button is the control
          <g
            key={shape.organ}
            data-organ={shape.organ}
            onClick={() => onPick(shape.organ)}
            onPointerEnter={() => onActive(shape.organ)}
            onPointerLeave={() => onActive(null)}
            className="cursor-pointer transition-opacity duration-100 motion-reduce:transition-none"
            opacity={count.faded ? 0.3 : 1}
          >
            <title>{describeOrgan(count)}</title>
            <OrganParts
              shape={shape}
              edge={{ fill, edge, width: 0.9, dashed: count.share === 0 }}
            />
          </g>
        )
      })}
      {/* Outlines of selected and pointed organs, in front of organs that cover them. */}
      <g className="pointer-events-none">
        {ORGAN_SHAPES.map(shape => {
          const count = counts.get(shape.organ)
          if (!count || !(count.picked || shape.organ === active)) return null
          const { fill } = pageColors(count.region, count.share)
          const edge = { fill, edge: 'var(--text)', width: count.picked ? 2.4 : 1.6, dashed: false }
          return <OrganParts key={shape.organ} shape={shape} edge={edge} hollow />
        })}
      </g>
      <g className="pointer-events-none @max-[520px]:hidden">
        {ORGAN_SHAPES.map(shape => {
          const lit = shape.organ === active || counts.get(shape.organ)?.picked
          const [x, y] = shape.anchor
          return (
            <g key={shape.organ} stroke={lit ? 'var(--text)' : 'var(--muted)'}>
              <polyline points={leaderPoints(shape)} fill="none" strokeWidth={lit ? 1.4 : 0.6} />
              <circle
                cx={x}
                cy={y}
                r={lit ? 2.4 : 1.7}
                fill="var(--text)"
                stroke="var(--background)"
                strokeWidth={0.8}
              />
            </g>
          )
        })}
      </g>
    </svg>
  )
}
