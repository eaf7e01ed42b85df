import { ENTRY_PROBLEMS, nameProblem } from '../../archive/entry-problems'
import { command } from '../../command-name.node.ts'
import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { UserError } from '../../errors'
import { integer, sql } from '../../sql'
import type { WantedFile } from './sink'
import { type OtherFile, WANTED_COLUMNS, type Wanted, type WantedRow } from './wanted'

const PAGE = 5_000

const PATH = /^(images|masks)\/[^/]+\.png$/s

/** SQL that makes the table `wanted` from a query of paths with places, in the archive's order. */
export const wantedTableSql = (from: string): string => `CREATE OR REPLACE TABLE wanted AS
  SELECT (row_number() OVER (ORDER BY part, "offset") - 1)::UINTEGER AS nth, path, part, "offset",
    compressed_bytes, bytes, method, crc32
  FROM ${from}`

/**
 * The pictures of the table `wanted`, and the names that are missing from it.
 *
 * @param prefix Folder of the release in the archive, with trailing slash.
 */
export async function wantedOf(
  engine: NodeEngine,
  prefix: string,
  {
    others = [],
    missing,
    firstMissing,
  }: { readonly others?: readonly OtherFile[] } & Pick<Wanted, 'missing' | 'firstMissing'>,
): Promise<Wanted> {
  const [sums] = await engine.rows<Pick<Wanted, 'files' | 'bytes' | 'packedBytes' | 'nameBytes'>>(
    sql`SELECT count(*)::DOUBLE AS files, coalesce(sum(bytes), 0)::DOUBLE AS bytes,
      coalesce(sum(compressed_bytes), 0)::DOUBLE AS "packedBytes",
      coalesce(sum(strlen(path)), 0)::DOUBLE AS "nameBytes" FROM wanted`,
  )
  const { files, bytes, packedBytes, nameBytes } = sums as NonNullable<typeof sums>
  const fileOf = ({ compressed_bytes, ...row }: WantedRow): WantedFile => {
    const problem = nameProblem(row.path)
    if (problem !== null || !PATH.test(row.path))
      throw new UserError(
        `"${row.path}" ${problem === null ? 'is not a picture of a release' : ENTRY_PROBLEMS[problem]}; the manifest is damaged: check it with ${command('verify', '--manifest', 'DIR')}`,
      )
    return { ...row, compressedBytes: compressed_bytes, name: prefix + row.path }
  }
  return {
    files,
    bytes,
    packedBytes,
    nameBytes,
    others,
    missing,
    firstMissing,
    engine,
    fileOf,
    async *pages() {
      for (let from = 0; ; from += PAGE) {
        const rows = await engine.rows<WantedRow>(
          sql`SELECT ${{ text: WANTED_COLUMNS, params: [] }} FROM wanted
            WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
        )
        if (rows.length === 0) return
        yield rows.map(fileOf)
      }
    },
  }
}
