import type { Overlap } from './find-overlaps'

/**
 * Choose datasets to leave out, as few images as possible, so that no two of the remaining datasets must be in one
 * split. This is a minimum weighted vertex cover: for the dataset with most partners, both ways are tried, to leave
 * out the dataset itself or all of its partners.
 *
 * @param imagesOf Images of a member, by its id.
 * @returns Members that are left out, by dataset, in order of the dataset's name.
 */
export function excludeDatasets(
  overlaps: readonly Overlap[],
  imagesOf: (member: number) => number,
): Map<string, Set<number>> {
  const held = overlaps.flatMap(overlap => (overlap.held.length > 0 ? [overlap.held] : []))
  const membersOf = new Map<string, Set<number>>()
  for (const { dataset, members } of held.flat()) {
    const known = membersOf.get(dataset) ?? new Set()
    for (const member of members) known.add(member)
    membersOf.set(dataset, known)
  }
  const weights = new Map(
    [...membersOf].map(([dataset, members]) => [
      dataset,
      [...members].reduce((sum, member) => sum + imagesOf(member), 0),
    ]),
  )
  const edges = held.map(sides => sides.map(({ dataset }) => dataset))
  const chosen = lightestCover(edges, dataset => weights.get(dataset) ?? 0)
  return new Map(chosen.sort().map(dataset => [dataset, membersOf.get(dataset) ?? new Set()]))
}

/** The names of least total weight such that each edge has at least one of them. */
function lightestCover(
  edges: readonly (readonly string[])[],
  weightOf: (name: string) => number,
): string[] {
  if (edges.length === 0) return []
  const degrees = new Map<string, number>()
  for (const name of edges.flat()) degrees.set(name, (degrees.get(name) ?? 0) + 1)
  const names = [...degrees.keys()].sort()
  const busiest = names.reduce((best, name) =>
    (degrees.get(name) ?? 0) > (degrees.get(best) ?? 0) ? name : best,
  )
  const partners = [
    ...new Set(
      edges.filter(edge => edge.includes(busiest)).flatMap(edge => edge.filter(n => n !== busiest)),
    ),
  ]
  const without = (gone: readonly string[]) => [
    ...gone,
    ...lightestCover(
      edges.filter(edge => !edge.some(name => gone.includes(name))),
      weightOf,
    ),
  ]
  const total = (cover: readonly string[]) => cover.reduce((sum, name) => sum + weightOf(name), 0)
  const [one, other] = [without([busiest]), without(partners)]
  return total(one) <= total(other) ? one : other
}
