import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { TableWriter } from '../../engine/table-writer.node.ts'
import type { DirectoryStore } from '../../images/directory-store.node.ts'
import { integer, sql } from '../../sql'
import { describeFiles } from './folder-files.node.ts'

/** Number of paths per read from the table. */
const PAGE = 2_000

/**
 * Look up the paths of the table `names` (path, without repeats) in a folder, in order. Files that exist go to the
 * table `places` (path, and columns as in `entries`). Files that exist but cannot be read go to the table `problems`
 * (path, problem).
 *
 * @param onProgress Called with the number of files so far, and in total.
 */
export async function stageFolder(
  engine: NodeEngine,
  store: DirectoryStore,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await engine.run(`CREATE TABLE places (path VARCHAR, part USMALLINT, "offset" BIGINT,
    compressed_bytes UINTEGER, bytes UINTEGER, method UTINYINT, crc32 UINTEGER)`)
  await engine.run('CREATE TABLE problems (path VARCHAR, problem VARCHAR)')
  await engine.run(
    'CREATE TABLE asked AS SELECT (row_number() OVER (ORDER BY path) - 1)::UINTEGER AS nth, path FROM names',
  )
  const [row] = await engine.rows<{ n: number }>(sql`SELECT count(*)::DOUBLE AS n FROM asked`)
  const total = row?.n ?? 0
  for (let from = 0; from < total; from += PAGE) {
    const names = await engine.rows<{ path: string }>(
      sql`SELECT path FROM asked WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
    )
    const places = await TableWriter.open(engine.connection, 'places', [
      ...([
        'VARCHAR',
        'USMALLINT',
        'BIGINT',
        'UINTEGER',
        'UINTEGER',
        'UTINYINT',
        'UINTEGER',
      ] as const),
    ])
    const problems = await TableWriter.open(engine.connection, 'problems', ['VARCHAR', 'VARCHAR'])
    let nth = from
    try {
      const paths = names.map(({ path }) => path)
      for await (const { path, found } of describeFiles(store, paths, signal)) {
        if (found.problem === undefined)
          places.append(path, 0, BigInt(nth), found.bytes, found.bytes, 0, found.crc32)
        else if (!found.isMissing) problems.append(path, found.problem)
        onProgress(++nth, total)
      }
    } finally {
      places.close()
      problems.close()
    }
  }
  await engine.run('DROP TABLE asked')
}
