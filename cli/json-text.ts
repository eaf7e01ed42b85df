/**
 * Version of the results of `--json`. Increase it when a key is renamed, removed or gets another meaning; not for new
 * keys.
 */
export const JSON_VERSION = 1

/** A result as `--json` prints it, with `version` as the first key. */
export const jsonText = (result: object): string =>
  `${JSON.stringify({ version: JSON_VERSION, ...result }, null, 2)}\n`
