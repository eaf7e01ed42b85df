/** Receives what a list names. Places are line numbers from 1, rows or bytes, depending on the reader. */
export interface ListSink {
  /** A picture's path within the release. */
  picture(path: string, at: number): void
  /** Another name, which may be any file of the archive. */
  other(name: string, at: number): void
  /** A line that names nothing. */
  unused(text: string, at: number): void
}

/** Word for places in messages: "line 7". */
export type PlaceWord = 'line' | 'row' | 'byte'

/** Maximum characters of a line, a cell or a JSON string. */
export const MAX_TEXT = 4 << 20

/** Quote a text and shorten it, for messages. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
