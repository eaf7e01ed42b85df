/** What a printed command needs to work where the program was started. */
export interface CommandPlace {
  /** How to start the command line there, such as `npx samed2d`; ready to paste. */
  readonly samed2d: string
  /** Folder or URL of the manifest, as it is written there. */
  readonly manifest: string
}

/**
 * A command to paste into a shell.
 *
 * @param samed2d How to start the command line (see `CommandPlace`).
 * @param words Command, options and values, unquoted.
 */
export const commandLine = (samed2d: string, ...words: readonly string[]): string =>
  [samed2d, ...words.map(quoted)].join(' ')

/** A value for bash, exactly as it is: nothing in it is run. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
