type Point = readonly [number, number]

/** "x,y x,y …" → points. */
export const parsePoints = (points: string): Point[] =>
  points.split(' ').map(pair => {
    const [x = 0, y = 0] = pair.split(',').map(Number)
    return [x, y]
  })

/**
 * SVG path through all points without corners (a uniform Catmull-Rom spline as cubic Béziers).
 *
 * @param points "x,y x,y …" in the figure's pixels.
 * @param closed Whether the last point joins the first.
 */
export function smoothPath(points: string, closed: boolean): string {
  const list = parsePoints(points)
  const n = list.length
  const at = (i: number): Point =>
    (closed ? list[(i + n) % n] : list[Math.min(Math.max(i, 0), n - 1)]) ?? [0, 0]
  const [x, y] = at(0)
  const segments = Array.from({ length: closed ? n : n - 1 }, (_, i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    const control = (p: Point, a: Point, b: Point, sign: number) =>
      `${round(p[0] + (sign * (b[0] - a[0])) / 6)} ${round(p[1] + (sign * (b[1] - a[1])) / 6)}`
    return `C${control(from, before, to, 1)} ${control(to, from, after, -1)} ${to[0]} ${to[1]}`
  })
  return `M${x} ${y}${segments.join('')}${closed ? 'Z' : ''}`
}

const round = (n: number) => Math.round(n * 10) / 10
