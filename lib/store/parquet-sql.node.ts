import { join } from 'node:path'
import { filesOf } from '../manifest/files-of'
import type { TableName } from '../manifest/tables'
import { exactPath } from '../sql'
import type { ListedFiles } from './intact-files.node.ts'

/**
 * What stands for a table of a manifest in FROM: its files, one after the other. Call `assertTables` before they are
 * read: DuckDB does not notice every damage, and answers with wrong rows.
 */
export function parquetSql({ dir, manifest }: ListedFiles, table: TableName): string {
  const paths = filesOf(manifest, table).map(({ file }) => exactPath(join(dir, file)))
  // A folder called key=value would add a column, or replace one.
  return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`
}
