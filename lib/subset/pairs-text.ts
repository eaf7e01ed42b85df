import { listed } from './listed'

/**
 * Which datasets share scans, as short as it can be: the dataset with most partners first, with all of them, and
 * so on with what is not named yet, such as "A shares scans with B, C and D; D with E". More pairs may share scans
 * than it says.
 *
 * @param noteOf What to say of a pair in brackets; '' for nothing.
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

/** The name that most pairs have; of several the first by name. */
function busiest(pairs: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>()
  for (const name of pairs.flat().sort()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
