import type { Member } from './member'
import type { OverlapPair } from './overlap-pairs'

/** What the names of one dataset of a pair tell about its members. */
export interface PersonReading {
  /** Person → members. */
  readonly read: ReadonlyMap<string, readonly number[]>
  /** Members whose names do not tell the person: they could be any member of the other dataset. */
  readonly unread: readonly number[]
}

/**
 * Read the persons of one dataset of a pair from names. Members that certainly have no counterpart are left out.
 *
 * @param members Members of this dataset.
 */
export function readPersons(
  { match, apart }: Pick<OverlapPair, 'match' | 'apart'>,
  dataset: string,
  members: readonly Member[],
): PersonReading {
  const excluded = compiled(apart?.[dataset])
  const personOf = personReader(match?.[dataset])
  const read = new Map<string, number[]>()
  const unread: number[] = []
  for (const member of members) {
    if (excluded?.test(member.caseName)) continue
    const person = personOf(member)
    if (person === undefined) unread.push(member.id)
    else read.set(person, [...(read.get(person) ?? []), member.id])
  }
  return { read, unread }
}

function personReader(reader: string | undefined): (member: Member) => string | undefined {
  if (reader === 'patient') return ({ patient }) => patient ?? undefined
  const pattern = compiled(reader)
  return ({ caseName }) => pattern?.exec(caseName)?.groups?.person
}

const compiled = (pattern: string | undefined) =>
  pattern === undefined ? undefined : new RegExp(pattern, 'u')
