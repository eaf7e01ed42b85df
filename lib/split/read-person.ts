import type { Member } from './member'
import type { OverlapPair } from './overlap-pairs'

/** The members of one dataset of a pair, by what their names tell of the other dataset. */
export interface PersonReading {
  /** Person → members. */
  readonly read: ReadonlyMap<string, readonly number[]>
  /** Members that may be anybody of the other dataset. */
  readonly unread: readonly number[]
}

/**
 * Read the persons of one dataset of a pair out of names. Members that certainly have no counterpart are left out.
 *
 * @param members Of this dataset.
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
