import type { Ellipse } from './canvas'
import type { Scene } from './scene'

/** The outline of the body in a slice: most of the picture, and wide enough for all masks. */
export function bodyOf({ masks, width, height, caseSeed }: Scene): Ellipse {
  let [rx, ry] = [0.4 + (caseSeed % 17) / 300, 0.36 + (caseSeed % 13) / 200]
  for (const { spans } of masks) {
    const { x0, y0, x1, y1 } = spans.box
    rx = Math.max(rx, 1.06 * Math.max(0.5 - x0 / width, x1 / width - 0.5))
    ry = Math.max(ry, 1.06 * Math.max(0.5 - y0 / height, y1 / height - 0.5))
  }
  return { cx: 0.5, cy: 0.5, rx: Math.min(rx, 0.56), ry: Math.min(ry, 0.56) }
}
