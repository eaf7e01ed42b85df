import { isMergedLabel, labelWords } from './label-words'

/**
 * The members of a union: `union_a_b` does not say where one name ends and the next begins, but
 * they are labels of the same class map. The longest label that fits counts, unless the rest then
 * fits none.
 *
 * @param union Words after `union`.
 * @param labels The class map's labels.
 * @returns Labels in the order of the name; null if it is not made of two of them or more.
 */
export function unionMembers(
  union: readonly string[],
  labels: readonly string[],
): readonly string[] | null {
  const known = labels
    .filter(label => !isMergedLabel(label))
    .map(label => ({ label, words: labelWords(label) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length)
  // From the end: what the words from a place on are made of.
  const from: (readonly string[] | null)[] = Array.from({ length: union.length + 1 }, () => null)
  from[union.length] = []
  for (let start = union.length - 1; start >= 0; start--) {
    const next = known.find(
      ({ words }) =>
        words.every((word, i) => union[start + i] === word) && from[start + words.length],
    )
    const rest = next && from[start + next.words.length]
    if (next && rest) from[start] = [next.label, ...rest]
  }
  const members = from[0] ?? null
  return members === null || members.length < 2 ? null : members
}
