/** Separators of cells, most likely first. */
const SEPARATORS = ['\t', ';', ',', '|'] as const

/** The most frequent separator of a line: tab, semicolon, comma or bar. Null for none. */
export function separatorOf(line: string): string | null {
  const countOf = (mark: string) => line.split(mark).length - 1
  const best = SEPARATORS.reduce((best, mark) => (countOf(mark) > countOf(best) ? mark : best))
  return countOf(best) > 0 ? best : null
}

/** Cells of a line. A quoted cell has `""` for a quote. */
export function cellsOf(line: string, separator: string | null): string[] {
  if (separator === null) return [unquoted(line.trim())]
  if (!line.includes('"')) return line.split(separator)
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (line[i + 1] === '"') cell += line[++i]
      else isQuoted = false
    } else if (char === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  cells.push(cell)
  return cells
}

/** A text without surrounding quotes. */
export function unquoted(text: string): string {
  const [, mark, within = ''] = /^(["'`])(.*)\1$/s.exec(text) ?? []
  return mark === undefined ? text : within.replaceAll(mark + mark, mark)
}
