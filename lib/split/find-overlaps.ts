import { groupBy } from './group-by'
import type { Member } from './member'
import type { OverlapPair } from './overlap-pairs'
import { type PersonReading, readPersons } from './read-person'

/** What a pair of overlapping datasets means for the members of a subset. */
export interface Overlap {
  readonly pair: OverlapPair
  /** Members of both datasets that are one person according to their names; one list per person. */
  readonly people: readonly (readonly number[])[]
  /**
   * For each dataset, the members that could be the same person as a member of the other dataset; empty if names tell
   * everybody apart.
   */
  readonly held: readonly { readonly dataset: string; readonly members: readonly number[] }[]
}

/**
 * The overlaps of those pairs that have members of both datasets. If names do not tell people apart, any member of
 * one dataset could be any member of the other. Pairs that are only possibly from one hospital have no consequences.
 */
export function findOverlaps(members: readonly Member[], pairs: readonly OverlapPair[]): Overlap[] {
  const byDataset = groupBy(members, ({ dataset }) => dataset)
  return pairs.flatMap(pair => {
    const [a, b] = pair.datasets.map(dataset => ({
      dataset,
      members: byDataset.get(dataset) ?? [],
    }))
    if (!a?.members.length || !b?.members.length) return []
    if (pair.kind === 'possibly-same-hospital') return [{ pair, people: [], held: [] }]
    const one = readPersons(pair, a.dataset, a.members)
    const two = readPersons(pair, b.dataset, b.members)
    return [{ pair, people: samePeople(one, two), held: heldOf(a.dataset, one, b.dataset, two) }]
  })
}

function samePeople({ read }: PersonReading, other: PersonReading): number[][] {
  const found: number[][] = []
  for (const [person, members] of read) {
    const others = other.read.get(person)
    if (others) found.push([...members, ...others])
  }
  return found
}

/**
 * A member whose name does not tell the person could be any member of the other dataset, except members without a
 * counterpart.
 */
function heldOf(a: string, one: PersonReading, b: string, two: PersonReading): Overlap['held'] {
  const heldA = two.unread.length > 0 ? allOf(one) : one.unread
  const heldB = one.unread.length > 0 ? allOf(two) : two.unread
  if (heldA.length === 0 || heldB.length === 0) return []
  return [
    { dataset: a, members: heldA },
    { dataset: b, members: heldB },
  ]
}

const allOf = ({ read, unread }: PersonReading) => [...[...read.values()].flat(), ...unread]
