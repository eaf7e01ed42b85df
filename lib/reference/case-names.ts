/**
 * Ori names of a dataset's cases, numbered from 1, in the order of their code units.
 *
 * @param pattern Name with one `{000}` for the number; as many digits as zeros, at least.
 * @throws RangeError if the pattern has no such place.
 */
export function caseNames(pattern: string, count: number): string[] {
  const place = /\{(0+)\}/.exec(pattern)
  if (place === null) throw new RangeError(`no place for a number in the case name: ${pattern}`)
  const width = place[1]?.length ?? 0
  const before = pattern.slice(0, place.index)
  const after = pattern.slice(place.index + place[0].length)
  const names = Array.from(
    { length: count },
    (_, i) => before + String(i + 1).padStart(width, '0') + after,
  )
  // JavaScript compares strings by code units, as the manifest's order does.
  return names.sort()
}
