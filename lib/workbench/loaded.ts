import { rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { TABLES, type TableName } from '../manifest/tables'

/** Whether a manifest has a table. */
export const filesHave =
  ({ files }: Pick<Manifest, 'files'>) =>
  (name: TableName): boolean =>
    files[name] !== undefined

/** Rows of a table of the manifest; null for views. */
export const rowsIn = (manifest: Pick<Manifest, 'files'>, name: string): number | null =>
  Object.hasOwn(TABLES, name) ? rowsOf(manifest, name as TableName) : null
