/** A name without case and separators, for comparison: "BraTS-2021" and "brats2021" are equal. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Longer names are cut before they are compared, because the comparison takes quadratic time. */
const COMPARED = 64

/** A name whose letters differ from a text in one of three can be meant by it; a list of similar names has more. */
export const MEANT = 1 / 3

/**
 * Names similar to a text: first names that begin with it or contain it, then names that differ by a few typing
 * errors.
 *
 * @param text Case and separators do not matter.
 * @param furthest Largest share of letters that may differ.
 * @returns Up to `limit` names, the nearest first.
 */
export function nearestNames(
  text: string,
  names: readonly string[],
  limit = 5,
  furthest = 0.5,
): string[] {
  const wanted = plainName(text).slice(0, COMPARED)
  if (wanted === '') return []
  return names
    .map(name => ({ name, distance: distanceOf(wanted, plainName(name).slice(0, COMPARED)) }))
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name)
}

/** 0 for the same name, up to 1 for names that share nothing. */
function distanceOf(wanted: string, name: string): number {
  if (wanted === name) return 0
  const longer = Math.max(wanted.length, name.length)
  const missing = 1 - Math.min(wanted.length, name.length) / longer
  // Two letters are part of too many names.
  if (Math.min(wanted.length, name.length) > 2) {
    if (name.startsWith(wanted) || wanted.startsWith(name)) return 0.1 + missing * 0.1
    if (name.includes(wanted) || wanted.includes(name)) return 0.25 + missing * 0.1
  }
  return editDistance(wanted, name) / longer
}

/** Number of letters to insert, remove or replace to turn one text into the other (Levenshtein distance). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
