/**
 * A way to show a picture: one of the eight ways to lay a square sheet on itself. `0` as it is; `90`, `180`, `270`
 * rotated clockwise; `lr` mirrored left–right, `ud` mirrored up–down; `lr90` and `lr270` mirrored left–right, then
 * rotated.
 */
export const TURNS = ['0', '90', '180', '270', 'lr', 'ud', 'lr90', 'lr270'] as const
export type Turn = (typeof TURNS)[number]

/** Where a point goes: x' = a·x + c·y, y' = b·x + d·y, with x to the right and y down, as in CSS. */
interface Matrix {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

const MATRICES: Readonly<Record<Turn, Matrix>> = {
  '0': { a: 1, b: 0, c: 0, d: 1 },
  '90': { a: 0, b: 1, c: -1, d: 0 },
  '180': { a: -1, b: 0, c: 0, d: -1 },
  '270': { a: 0, b: -1, c: 1, d: 0 },
  lr: { a: -1, b: 0, c: 0, d: 1 },
  ud: { a: 1, b: 0, c: 0, d: -1 },
  lr90: { a: 0, b: -1, c: -1, d: 0 },
  lr270: { a: 0, b: 1, c: 1, d: 0 },
}

/** One turn after another, as one turn. */
export function turned(first: Turn, then: Turn): Turn {
  const m = MATRICES[first]
  const n = MATRICES[then]
  const product: Matrix = {
    a: n.a * m.a + n.c * m.b,
    b: n.b * m.a + n.d * m.b,
    c: n.a * m.c + n.c * m.d,
    d: n.b * m.c + n.d * m.d,
  }
  const found = TURNS.find(turn => isSame(MATRICES[turn], product))
  if (!found) throw new RangeError(`${first} and ${then} make no turn`)
  return found
}

// Comparing the numbers, not their text: a product may be -0.
const isSame = (m: Matrix, n: Matrix) => m.a === n.a && m.b === n.b && m.c === n.c && m.d === n.d

/** Whether width and height change places. */
export const swapsSides = (turn: Turn): boolean => MATRICES[turn].a === 0

/** Whether the picture is mirrored: text in it would be mirror writing. */
export function isMirrored(turn: Turn): boolean {
  const { a, b, c, d } = MATRICES[turn]
  return a * d - b * c < 0
}

/**
 * The CSS transform that turns a box and moves it back to its place: the corner of the turned box is where the
 * corner of the box was. For `transform-origin: 0 0`.
 *
 * @param width px of the box before it is turned.
 * @param height As `width`.
 * @returns An empty text for `0`.
 */
export function turnTransform(turn: Turn, width: number, height: number): string {
  if (turn === '0') return ''
  const { a, b, c, d } = MATRICES[turn]
  const x = Math.max(0, -a) * width + Math.max(0, -c) * height
  const y = Math.max(0, -b) * width + Math.max(0, -d) * height
  return `matrix(${a}, ${b}, ${c}, ${d}, ${x}, ${y})`
}

const WORDS: Readonly<Record<Turn, string>> = {
  '0': 'not turned',
  '90': 'rotated 90° clockwise',
  '180': 'rotated 180°',
  '270': 'rotated 90° counterclockwise',
  lr: 'mirrored left–right',
  ud: 'mirrored up–down',
  lr90: 'mirrored left–right and rotated 90° clockwise',
  lr270: 'mirrored left–right and rotated 90° counterclockwise',
}

/** What a turn does: "mirrored up–down". */
export const turnText = (turn: Turn): string => WORDS[turn]

/** A text as a turn; null if it is none. */
export const parseTurn = (text: string | null): Turn | null =>
  TURNS.find(turn => turn === text) ?? null

/** The CSS transform that turns a box around its middle; undefined for `0`. */
export function turnAroundMiddle(turn: Turn): string | undefined {
  if (turn === '0') return undefined
  const { a, b, c, d } = MATRICES[turn]
  return `matrix(${a}, ${b}, ${c}, ${d}, 0, 0)`
}
