import type { PixelBox } from '../image-row'

/** A shape as one run of pixels for each row of its box: columns starts[i] to ends[i], exclusive. */
export interface MaskSpans {
  readonly box: PixelBox
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Where a shape touches its box, and how much its four quarters bulge. */
interface Outline {
  /** Row that touches the left and right side, and column that touches top and bottom. */
  readonly row: number
  readonly column: number
  /** Factors of the exponent: top left, top right, bottom left, bottom right. */
  readonly bulge: readonly [number, number, number, number]
}

const STEPS = 40

/**
 * A rounded shape whose bounding box is exactly `box` and that has exactly `area` pixels: four quarters of
 * superellipses that meet where the shape touches the box, with the exponent that gives the area.
 *
 * @param area At least what touches all four sides, at most the box; other areas get the nearest possible one.
 * @param random Numbers in [0, 1).
 */
export function maskSpans(box: PixelBox, area: number, random: () => number): MaskSpans {
  const width = box.x1 - box.x0
  const height = box.y1 - box.y0
  const outline: Outline = {
    row: Math.floor(height * (0.35 + 0.3 * random())),
    column: Math.floor(width * (0.35 + 0.3 * random())),
    bulge: [0.8 + 0.4 * random(), 0.8 + 0.4 * random(), 0.8 + 0.4 * random(), 0.8 + 0.4 * random()],
  }
  const spans = { box, starts: new Int32Array(height), ends: new Int32Array(height) }
  if (area < width + height - 1) {
    thin(spans, width, height, area)
    return spans
  }
  // Binary search for the logarithm of the exponent: the smallest gives a plus sign, the largest the full box.
  let [low, high] = [-6, 6]
  for (let i = 0; i < STEPS; i++) {
    const middle = (low + high) / 2
    if (fill(spans, outline, width, height, Math.exp(middle)) > area) high = middle
    else low = middle
  }
  const filled = fill(spans, outline, width, height, Math.exp(low))
  if (filled < area) widen(spans, outline.row, width, area - filled)
  return spans
}

/** Fill the spans for an exponent. Returns the number of pixels. */
function fill(
  { box, starts, ends }: MaskSpans,
  { row, column, bulge }: Outline,
  width: number,
  height: number,
  exponent: number,
): number {
  let area = 0
  for (let y = 0; y < height; y++) {
    const above = y <= row
    // 0 at the row that touches the sides, 1 at top and bottom.
    const v = y === row ? 0 : above ? (row - y) / row : (y - row) / (height - 1 - row)
    const left = reach(v, exponent * bulge[above ? 0 : 2])
    const right = reach(v, exponent * bulge[above ? 1 : 3])
    const start = column - Math.floor(left * column)
    const end = column + 1 + Math.floor(right * (width - 1 - column))
    starts[y] = box.x0 + start
    ends[y] = box.x0 + end
    area += end - start
  }
  return area
}

/** Width of a quarter, 0 to 1, at a share of its height. */
const reach = (v: number, exponent: number): number =>
  v === 0 ? 1 : v === 1 ? 0 : (1 - v ** exponent) ** (1 / exponent)

/** Add pixels at the ends of spans, from `row` outwards, until there are `missing` more. */
function widen(
  { box, starts, ends }: MaskSpans,
  row: number,
  width: number,
  missing: number,
): void {
  const order = Array.from(starts.keys()).sort((a, b) => Math.abs(a - row) - Math.abs(b - row))
  let left = missing
  while (left > 0) {
    const before = left
    for (const y of order) {
      if (left === 0) return
      const length = (ends[y] as number) - (starts[y] as number)
      if (length === 0 || length === width) continue
      if ((ends[y] as number) < box.x1 && (left % 2 === 0 || starts[y] === box.x0))
        ends[y] = (ends[y] as number) + 1
      else if ((starts[y] as number) > box.x0) starts[y] = (starts[y] as number) - 1
      else ends[y] = (ends[y] as number) + 1
      left--
    }
    if (left === before) return
  }
}

/** For areas with too few pixels to cross the box: a diagonal, without its middle rows if necessary. */
function thin(spans: MaskSpans, width: number, height: number, area: number): void {
  const { box, starts, ends } = spans
  const rows = Math.min(height, Math.max(2, area))
  for (let y = 0; y < height; y++) {
    const x = height === 1 ? 0 : Math.round((y * (width - 1)) / (height - 1))
    starts[y] = box.x0 + x
    ends[y] = box.x0 + x + (y < rows - 1 || y === height - 1 ? 1 : 0)
  }
  // A single row needs all its pixels to touch both sides.
  const least = height === 1 ? width : rows
  widen(spans, 0, width, Math.max(area, least) - rows)
}
