import { UserError } from '../errors'
import type { Manifest, ManifestFile } from './manifest'
import type { TableName } from './tables'

// Not in manifest.ts, because the browser must not load its schema library.

type Files = Pick<Manifest, 'files'>

/** The files that hold a table, in the order of its rows; at least one. */
export function filesOf(manifest: Files, table: TableName): readonly ManifestFile[] {
  const files = manifest.files[table]
  if (!files) throw new UserError(`the manifest lists no file for ${table}; write it again`)
  return files
}

/** Rows of a table. */
export const rowsOf = (manifest: Files, table: TableName): number =>
  filesOf(manifest, table).reduce((sum, { rows }) => sum + rows, 0)

/** All files that a manifest lists. */
export const allFiles = (manifest: Files): readonly ManifestFile[] =>
  Object.values(manifest.files).flat()
