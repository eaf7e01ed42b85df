/** What printed commands need to work in the folder where the program was started. */
export interface CommandPlace {
  /** Start of the commands, such as `npx samed2d`; ready to paste. */
  readonly samed2d: string
  /** Folder or URL of the manifest, as a command names it. */
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

/** A value quoted for bash, so that nothing in it is interpreted. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
