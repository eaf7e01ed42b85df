/**
 * Rows → CSV text (RFC 4180, LF ends, a header line). Values that a spreadsheet would run as a
 * formula are quoted like any other text: the file holds exactly what the table shows.
 */
export function csv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [columns, ...rows].map(row => `${row.map(csvCell).join(',')}\n`).join('')
}

/** One value as a CSV cell; quoted if necessary. */
export function csvCell(value: string | number): string {
  const text = String(value)
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
