import { BODY_OUTLINE, MIRROR } from '../body-map/body-outline'
import { ORGAN_SHAPES } from '../body-map/organ-shapes'
import type { OrganColors } from '../charts/body-map-colors'

/** How an organ is filled; `null` leaves it out. */
export type OrganPaint = (organ: string) => (OrganColors & { readonly isDashed: boolean }) | null

/** The body with its organs, back to front, as SVG in the body map's own px. */
export function drawnBody(paintOf: OrganPaint): string {
  const organs = ORGAN_SHAPES.map(({ organ, parts }) => {
    const paint = paintOf(organ)
    if (!paint) return ''
    const { fill, edge } = paint
    const dashes = paint.isDashed ? ' stroke-dasharray="2.5 2"' : ''
    return parts
      .flatMap(({ d, tube, paired }) =>
        (paired ? ['', ` transform="${MIRROR}"`] : ['']).map(transform =>
          tube === undefined
            ? `<path d="${d}"${transform} fill="${fill}" stroke="${edge}" stroke-width="0.9"${dashes}/>`
            : `<g fill="none" stroke-linecap="${dashes ? 'butt' : 'round'}"${transform}><path d="${d}" stroke="${edge}" stroke-width="${tube + 0.9}"${dashes}/><path d="${d}" stroke="${fill}" stroke-width="${tube - 0.9}"/></g>`,
        ),
      )
      .join('')
  })
  return `<path d="${BODY_OUTLINE}" fill="#f6f7f8"/>${organs.join('')}`
}
