/**
 * The user's mistake or a fact of their files: one line that says what, where and what to do.
 * The CLI prints it without a stack and exits with `exitCode`; the page shows it as it is.
 */
export class UserError extends Error {
  override name = 'UserError'

  /** @param exitCode 1 for failed work, 2 for wrong usage (unknown option, facet, command). */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A query that an engine refused; keeps the statement so that a report can name it. */
export class QueryError extends Error {
  override name = 'QueryError'

  constructor(
    readonly sql: string,
    cause: unknown,
  ) {
    super(`${messageOf(cause)}\n  in: ${sql}`, { cause })
  }
}

/** The engine is lost (worker crash, out of memory): every further query fails until the engine is restarted. */
export class EngineLostError extends Error {
  override name = 'EngineLostError'
}

/** Message of a thrown value: the message of an Error, else the value as text. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)

/** A message with a full stop at the end, so that another sentence can follow. */
export const asSentence = (message: string): string =>
  /[.!?…]$/.test(message.trimEnd()) ? message.trimEnd() : `${message.trimEnd()}.`
