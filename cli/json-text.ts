/**
 * Version of the results that `--json` prints. It goes up when a key is renamed or removed, or gets another
 * meaning; new keys leave it as it is.
 */
export const JSON_VERSION = 1

/** A result as `--json` prints it: `version` is the first key. */
export const jsonText = (result: object): string =>
  `${JSON.stringify({ version: JSON_VERSION, ...result }, null, 2)}\n`
