import type { OrganColors } from '../charts/body-map-colors'
import { BODY_OUTLINE, MIRROR } from './body-outline'
import { ORGAN_SHAPES } from './organ-shapes'

/** How an organ is drawn. */
export interface OrganPaint extends OrganColors {
  readonly isDashed: boolean
  /** Width of the edge in px of the body map. */
  readonly width?: number
  /** Drawn fainter than selected organs. */
  readonly isFaded?: boolean
}

const EDGE_WIDTH = 0.9

/**
 * The body with its organs, back to front, as SVG in px of the body map.
 *
 * @param paintOf Returns null for organs that are not drawn.
 */
export function drawnBody(paintOf: (organ: string) => OrganPaint | null): string {
  const organs = ORGAN_SHAPES.map(({ organ, parts }) => {
    const paint = paintOf(organ)
    if (!paint) return ''
    const { fill, edge, width = EDGE_WIDTH } = paint
    const dashes = paint.isDashed ? ' stroke-dasharray="2.5 2"' : ''
    const drawn = parts
      .flatMap(({ d, tube, paired }) =>
        (paired ? ['', ` transform="${MIRROR}"`] : ['']).map(transform =>
          tube === undefined
            ? `<path d="${d}"${transform} fill="${fill}" stroke="${edge}" stroke-width="${width}"${dashes}/>`
            : `<g fill="none" stroke-linecap="${dashes ? 'butt' : 'round'}"${transform}><path d="${d}" stroke="${edge}" stroke-width="${tube + width}"${dashes}/><path d="${d}" stroke="${fill}" stroke-width="${tube - width}"/></g>`,
        ),
      )
      .join('')
    return paint.isFaded ? `<g opacity="0.3">${drawn}</g>` : drawn
  })
  return `<path d="${BODY_OUTLINE}" fill="#f6f7f8"/>${organs.join('')}`
}
