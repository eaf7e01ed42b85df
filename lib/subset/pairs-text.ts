import { listed } from './listed'

/**
 * Which datasets share scans, as briefly as possible. The dataset with most partners comes first, with all of them; the
 * rest follows in the same way, such as "A shares scans with B, C and D; D with E". The text may leave out pairs whose
 * datasets are both named already.
 *
 * @param noteOf Text in brackets after a pair; '' for none.
 */
export function pairsText(
  pairs: readonly (readonly string[])[],
  noteOf: (pair: readonly string[]) => string = () => '',
): string {
  const named = new Set<string>()
  const parts: string[] = []
  let left = pairs
  while (left.length > 0) {
    const hub = busiest(left)
    const own = left.filter(pair => pair.includes(hub))
    const partners = own.map(pair => ({ name: pair.find(name => name !== hub) ?? hub, pair }))
    const verb = parts.length === 0 ? ' shares scans' : ''
    parts.push(
      `${hub}${verb} with ${listed(partners.map(({ name, pair }) => `${name}${noteOf(pair)}`).sort())}`,
    )
    for (const name of own.flat()) named.add(name)
    left = left.filter(pair => pair.some(name => !named.has(name)))
  }
  return parts.join('; ')
}

/** The name in most pairs; of equal ones, the first by name. */
function busiest(pairs: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>()
  for (const name of pairs.flat().sort()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
