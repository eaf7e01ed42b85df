import { mix } from '../hash'
import type { MaskSpans } from './mask-spans'

/** A picture that is being painted: width × height × channels values from 0 to 255, not rounded. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly data: Float32Array
}

/** One value for each channel. */
export type Paint = readonly number[]

export function createCanvas(width: number, height: number, channels: 1 | 3, paint: Paint): Canvas {
  const data = new Float32Array(width * height * channels)
  for (let i = 0; i < data.length; i++) data[i] = paint[i % channels] as number
  return { width, height, channels, data }
}

/** Mix paint into one pixel. */
export function dab(canvas: Canvas, x: number, y: number, paint: Paint, alpha: number): void {
  const { width, height, channels, data } = canvas
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = (y * width + x) * channels
  for (let c = 0; c < channels; c++)
    data[at + c] = (data[at + c] as number) * (1 - alpha) + (paint[c] as number) * alpha
}

/** An ellipse, in shares of the canvas; it fades out over the outer share `soft` of its radius. */
export interface Ellipse {
  readonly cx: number
  readonly cy: number
  readonly rx: number
  readonly ry: number
  readonly soft?: number
  readonly alpha?: number
}

export function paintEllipse(canvas: Canvas, ellipse: Ellipse, paint: Paint): void {
  const { width, height } = canvas
  const { cx, cy, rx, ry, soft = 0.06, alpha = 1 } = ellipse
  const [left, right] = [Math.floor((cx - rx) * width), Math.ceil((cx + rx) * width)]
  const [top, bottom] = [Math.floor((cy - ry) * height), Math.ceil((cy + ry) * height)]
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
    for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
      const dx = ((x + 0.5) / width - cx) / rx
      const dy = ((y + 0.5) / height - cy) / ry
      const inside = 1 - Math.sqrt(dx * dx + dy * dy)
      if (inside > 0) dab(canvas, x, y, paint, alpha * Math.min(1, inside / soft))
    }
}

/** Fill a mask that belongs to a picture of `ofWidth` × `ofHeight` px. */
export function paintSpans(
  canvas: Canvas,
  { box, starts, ends }: MaskSpans,
  ofWidth: number,
  ofHeight: number,
  paint: Paint,
  alpha: number,
): void {
  const { width, height } = canvas
  const first = Math.floor((box.y0 * height) / ofHeight)
  const last = Math.min(height - 1, Math.floor((box.y1 * height) / ofHeight))
  for (let y = first; y <= last; y++) {
    const row = Math.floor(((y + 0.5) * ofHeight) / height) - box.y0
    if (row < 0 || row >= starts.length) continue
    const from = Math.round(((starts[row] as number) * width) / ofWidth)
    const to = Math.round(((ends[row] as number) * width) / ofWidth)
    for (let x = from; x < to; x++) dab(canvas, x, y, paint, alpha)
  }
}

/**
 * Smooth noise: random values on a grid of `cell` px, blended between.
 *
 * @returns width × height values from -1 to 1.
 */
export function noise(width: number, height: number, cell: number, seed: number): Float32Array {
  const columns = Math.ceil(width / cell) + 2
  const value = (i: number, j: number) =>
    mix(seed ^ Math.imul(j * columns + i, 0x9e3779b1)) / 2 ** 31 - 1
  const line = new Float32Array(columns)
  const field = new Float32Array(width * height)
  const ease = (t: number) => t * t * (3 - 2 * t)
  for (let y = 0, at = 0; y < height; y++) {
    const j = Math.floor(y / cell)
    const v = ease(y / cell - j)
    for (let i = 0; i < columns; i++) line[i] = value(i, j) * (1 - v) + value(i, j + 1) * v
    for (let x = 0; x < width; x++, at++) {
      const i = Math.floor(x / cell)
      const u = ease(x / cell - i)
      field[at] = (line[i] as number) * (1 - u) + (line[i + 1] as number) * u
    }
  }
  return field
}

/** Add a field to every pixel; with `relative`, as a share of the pixel's value. */
export function addNoise(
  { channels, data }: Canvas,
  field: Float32Array,
  amount: number,
  relative = false,
): void {
  for (let i = 0; i < data.length; i++) {
    const delta = amount * (field[channels === 1 ? i : Math.floor(i / 3)] as number)
    data[i] = (data[i] as number) * (relative ? 1 + delta : 1) + (relative ? 0 : delta)
  }
}
