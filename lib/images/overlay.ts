export type OverlayStyle = 'fill' | 'contour'

export interface Overlay {
  /** width × height bytes: how much of each pixel the mask covers, 0 to 255. */
  readonly covered: Uint8Array
  /** 0 to 255 each. */
  readonly color: readonly [r: number, g: number, b: number]
}

/** How masks are drawn: filled with a contour, or only the contour. */
export interface OverlayLook {
  readonly style: OverlayStyle
  /** Opacity of the filling, 0 to 1; contours are opaque. */
  readonly opacity: number
}

const HALF = 128

/**
 * Draw masks over a picture, in place: larger masks first, so that they do not hide smaller ones.
 *
 * @param pixels width × height × channels bytes: RGB, or RGBA with straight alpha.
 */
export function drawOverlays(
  pixels: Uint8Array,
  width: number,
  channels: 3 | 4,
  overlays: readonly Overlay[],
  { style, opacity }: OverlayLook,
): void {
  const sized = overlays.map(overlay => ({ overlay, size: sum(overlay.covered) }))
  sized.sort((a, b) => b.size - a.size)
  for (const { overlay } of sized) {
    const { covered, color } = overlay
    const inside = insideOf(covered)
    for (let i = 0; i < covered.length; i++) {
      if (covered[i] === 0) continue
      const alpha = isContour(inside, i, width)
        ? 1
        : style === 'fill'
          ? (opacity * (covered[i] as number)) / 255
          : 0
      if (alpha > 0) blend(pixels, i * channels, channels, color, alpha)
    }
  }
}

function sum(values: Uint8Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** A pixel is inside if the mask covers half of it, or, for a mask that covers no pixel by half, any of it. */
function insideOf(covered: Uint8Array): (i: number) => boolean {
  const least = covered.some(value => value >= HALF) ? HALF : 1
  return i => (covered[i] as number) >= least
}

/** Whether a pixel that is inside has a neighbour that is outside; everything beyond the picture is outside. */
function isContour(inside: (i: number) => boolean, i: number, width: number): boolean {
  if (!inside(i)) return false
  const x = i % width
  // Rows above and below the picture read undefined, which is not inside.
  return (
    x === 0 ||
    x === width - 1 ||
    !inside(i - 1) ||
    !inside(i + 1) ||
    !inside(i - width) ||
    !inside(i + width)
  )
}

function blend(
  pixels: Uint8Array,
  at: number,
  channels: 3 | 4,
  color: Overlay['color'],
  alpha: number,
): void {
  const below = channels === 4 ? ((pixels[at + 3] as number) / 255) * (1 - alpha) : 1 - alpha
  const total = alpha + below
  for (let c = 0; c < 3; c++) {
    const mixed = ((color[c] as number) * alpha + (pixels[at + c] as number) * below) / total
    pixels[at + c] = Math.round(mixed)
  }
  if (channels === 4) pixels[at + 3] = Math.round(255 * total)
}
