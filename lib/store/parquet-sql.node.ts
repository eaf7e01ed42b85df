import { join } from 'node:path'
import { filesOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
import { exactPath } from '../sql'

/** What stands for a table of a manifest in FROM: its files, one after the other. */
export function parquetSql(
  { dir, manifest }: { readonly dir: string; readonly manifest: Pick<Manifest, 'files'> },
  table: TableName,
): string {
  const paths = filesOf(manifest, table).map(({ file }) => exactPath(join(dir, file)))
  // A folder called key=value would add a column, or replace one.
  return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`
}
