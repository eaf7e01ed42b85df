/**
 * An error message of the database → the part that helps a reader: without wrapping, and without advice about
 * settings that are locked here.
 */
export function problemText(message: string): string {
  const text = inner(message)
  if (!/^Out of Memory Error/.test(text)) return text.trim()
  return 'The statement needs more memory than the page has. Select fewer rows or columns, or group before joining; the samed2d command line and any DuckDB on the Parquet files have no such limit.'
}

function inner(message: string): string {
  try {
    const found: unknown = JSON.parse(message)
    const { exception_message: text } = found as { exception_message?: unknown }
    return typeof text === 'string' ? text : message
  } catch {
    return message
  }
}
