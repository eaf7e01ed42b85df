import { UserError } from '../errors'
import type { Manifest, ManifestFile } from './manifest'
import type { TableName } from './tables'

// Apart from manifest.ts, whose schema library has no business in the browser.

/** The file that holds a table. */
export function fileOf(manifest: Pick<Manifest, 'files'>, table: TableName): ManifestFile {
  const file = manifest.files[table]
  if (!file) throw new UserError(`the manifest lists no file for ${table}; write it again`)
  return file
}
