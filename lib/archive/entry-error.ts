import { UserError } from '../errors'
import type { NamedLocator } from './entry'
import type { Parts } from './parts'

/** An entry that cannot be read: names the part and the entry. */
export class EntryError extends UserError {
  override name = 'EntryError'

  /** @param mayBeDamage Whether bytes that arrived wrong could be the reason, so that fetching them anew may help. */
  constructor(
    message: string,
    readonly mayBeDamage: boolean,
    options?: ErrorOptions,
  ) {
    super(message, 1, options)
  }
}

/** The entry itself is not one that may be read. */
export const refused = (parts: Parts, entry: NamedLocator, why: string): EntryError =>
  new EntryError(located(parts, entry, why), false)

/** The bytes are not those of the entry. */
export const damaged = (
  parts: Parts,
  entry: NamedLocator,
  why: string,
  cause?: unknown,
): EntryError => new EntryError(located(parts, entry, why), true, { cause })

const located = (parts: Parts, { part, name }: NamedLocator, why: string) =>
  `${parts.sources[part]?.name ?? `part ${part + 1}`}: "${name}" ${why}`
