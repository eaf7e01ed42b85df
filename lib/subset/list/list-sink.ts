/** Takes what a list names. Places are line numbers from 1, or rows or bytes: the reader says which. */
export interface ListSink {
  /** A picture's path within the release. */
  picture(path: string, at: number): void
  /** Another name, which may be any file of the archive. */
  other(name: string, at: number): void
  /** A line that names nothing. */
  unused(text: string, at: number): void
}

/** How places are called: "line 7". */
export type PlaceWord = 'line' | 'row' | 'byte'

/** Maximum characters of a line, a cell or a JSON string. */
export const MAX_TEXT = 4 << 20

/** A quoted text, shortened, for messages. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
