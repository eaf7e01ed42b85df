import { parsePoints, smoothPath } from './smooth-path'

/** The figure's left edge and size in px; labels stand at the same heights beside it. */
export const FIGURE_LEFT = 15
export const FIGURE_WIDTH = 250
export const FIGURE_HEIGHT = 560
export const FIGURE_BOX = `${FIGURE_LEFT} 0 ${FIGURE_WIDTH} ${FIGURE_HEIGHT}`

/** The body's midline. */
const MIDDLE = FIGURE_LEFT + FIGURE_WIDTH / 2

/** Reflects a shape about the body's midline. */
export const MIRROR = `matrix(-1 0 0 1 ${2 * MIDDLE} 0)`

/** The patient's right half, from the crown over arm and thigh (cut by the figure's edge) inwards. */
const HALF =
  '140,10 120,14 108,30 106,52 108,72 114,87 120,98 121,110 118,120 104,127 82,132 60,139 46,152 ' +
  '40,172 38,200 36,228 34,252 32,282 30,312 28,328 22,340 19,352 21,358 26,356 26,374 29,392 ' +
  '35,396 40,391 44,374 45,354 43,336 47,306 53,274 57,248 61,220 65,196 69,214 73,246 77,278 ' +
  '77,302 72,330 65,362 61,396 61,432 64,472 68,520 72,570 128,570 133,520 137,478 139,454'

const half = parsePoints(HALF)
const mirrored = half
  .slice(1)
  .reverse()
  .map(([x, y]) => [2 * MIDDLE - x, y])

/** Outline of the whole body from the front, arms hanging, palms forward. */
export const BODY_OUTLINE = smoothPath([...half, ...mirrored].map(p => p.join(',')).join(' '), true)
