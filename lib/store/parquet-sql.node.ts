import { join } from 'node:path'
import { filesOf } from '../manifest/files-of'
import type { TableName } from '../manifest/tables'
import { exactPath } from '../sql'
import type { ListedFiles } from './intact-files.node.ts'

/**
 * FROM expression that reads all files of a table, in order. Call `assertTables` before running the query: DuckDB does
 * not detect all damage and can return wrong rows.
 */
export function parquetSql({ dir, manifest }: ListedFiles, table: TableName): string {
  const paths = filesOf(manifest, table).map(({ file }) => exactPath(join(dir, file)))
  // With hive partitioning, a folder named key=value would add or replace a column.
  return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`
}
