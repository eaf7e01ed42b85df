import { UserError } from '../errors'
import { FORMATS } from './formats'

/** Formats that can be read here: all but Parquet are text. */
const TEXT_FORMATS = Object.keys(FORMATS).filter(name => name !== 'parquet')

const PATH = /^(images|masks)\/[^/\n\r]+\.png$/

/**
 * Paths that a subset's file names: a list of names, the CSV table, or one of the JSON formats.
 *
 * @throws UserError if it names none.
 */
export function listedPaths(text: string, where: string): string[] {
  const found = new Set<string>()
  const isJson = /^\s*[{[]/.test(text)
  if (isJson)
    for (const [, path = ''] of text.matchAll(/"((?:images|masks)\/(?:[^"\\]|\\.)+\.png)"/g))
      add(found, JSON.parse(`"${path}"`))
  else for (const line of text.split(/\r?\n/)) for (const cell of cellsOf(line)) add(found, cell)
  if (found.size === 0)
    throw new UserError(
      `${where}: lists no file such as images/….png; give a subset file (${TEXT_FORMATS.join(', ')}) or a list of names`,
      2,
    )
  return [...found]
}

function add(found: Set<string>, path: string): void {
  if (PATH.test(path)) found.add(path)
}

/** The first two cells of a line, which may be quoted: a table names image and mask there. */
function cellsOf(line: string): string[] {
  if (!line.includes(',') && !line.startsWith('"')) return [line]
  const cells: string[] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y
  for (let i = 0; i < 2; i++) {
    const match = pattern.exec(line)
    if (!match) break
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
  }
  // A plain name may hold a comma.
  return [...cells, line]
}
