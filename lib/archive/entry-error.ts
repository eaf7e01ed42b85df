import { UserError } from '../errors'
import type { NamedLocator } from './entry'
import type { Parts } from './parts'

/** An entry that cannot be read. The message names the part and the entry. */
export class EntryError extends UserError {
  override name = 'EntryError'

  /**
   * @param mayBeDamage Whether damage in transit could be the reason, so that fetching the bytes again may help.
   */
  constructor(
    message: string,
    readonly mayBeDamage: boolean,
    options?: ErrorOptions,
  ) {
    super(message, 1, options)
  }
}

/** The entry must not be read, whatever its bytes are. */
export const refused = (parts: Parts, entry: NamedLocator, why: string): EntryError =>
  new EntryError(located(parts, entry, why), false)

/** The bytes do not belong to the entry. */
export const damaged = (
  parts: Parts,
  entry: NamedLocator,
  why: string,
  cause?: unknown,
): EntryError => new EntryError(located(parts, entry, why), true, { cause })

const located = (parts: Parts, { part, name }: NamedLocator, why: string) =>
  `${parts.sources[part]?.name ?? `part ${part + 1}`}: "${name}" ${why}`
