/** A part of a pattern: fixed text, a running number, or one of several texts. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly width: number }
  | { readonly kind: 'choice'; readonly texts: readonly string[] }

/**
 * Ori names of a dataset's cases, in the order of their code units.
 *
 * @param pattern Name with one `{000}` for a number that counts from 1, padded to as many digits as
 *   zeros. Beside it, `{01,13}` is one of these texts and `{08-24}` a number of that range: all of
 *   them occur before the counting number goes up, so that patients have several cases.
 * @throws RangeError if the pattern has no counting number, or several.
 */
export function caseNames(pattern: string, count: number): string[] {
  const pieces = parse(pattern)
  if (pieces.filter(({ kind }) => kind === 'number').length !== 1)
    throw new RangeError(`not exactly one place for a number in the case name: ${pattern}`)
  const names = Array.from({ length: count }, (_, i) => nameOf(pieces, i))
  // JavaScript compares strings by code units, as the manifest's order does.
  return names.sort()
}

const parse = (pattern: string): Piece[] =>
  pattern.split(/(\{[^{}]+\})/).map((part): Piece => {
    const [, inside] = /^\{(.+)\}$/.exec(part) ?? []
    if (inside === undefined) return { kind: 'text', text: part }
    if (/^0+$/.test(inside)) return { kind: 'number', width: inside.length }
    const [, lo, hi] = /^(\d+)-(\d+)$/.exec(inside) ?? []
    return {
      kind: 'choice',
      texts: lo === undefined || hi === undefined ? inside.split(',') : range(lo, hi),
    }
  })

const range = (lo: string, hi: string): string[] =>
  Array.from({ length: Number(hi) - Number(lo) + 1 }, (_, i) =>
    String(Number(lo) + i).padStart(lo.length, '0'),
  )

/** The i-th name: the last choice changes fastest, the number slowest. */
function nameOf(pieces: readonly Piece[], i: number): string {
  let left = i
  const chosen = pieces.toReversed().map(piece => {
    if (piece.kind !== 'choice') return piece
    const text = piece.texts[left % piece.texts.length] ?? ''
    left = Math.floor(left / piece.texts.length)
    return { kind: 'text' as const, text }
  })
  return chosen
    .toReversed()
    .map(piece =>
      piece.kind === 'text' ? piece.text : String(left + 1).padStart(piece.width, '0'),
    )
    .join('')
}
