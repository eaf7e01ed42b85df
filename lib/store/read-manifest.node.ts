import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../errors'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
import { checkedManifest } from './checked-manifest.node.ts'
import { assertIntact, assertSize } from './intact-files.node.ts'

/** A manifest whose manifest.json was read and checked. Only `readManifest` also checks the files that it lists. */
export interface ManifestFolder {
  /** Absolute path of the folder. */
  readonly dir: string
  readonly manifest: Manifest
  /** Checked text of manifest.json. */
  readonly text: string
  /** URL of the folder with a trailing slash, if the manifest is on another host. `dir` then has some of the files. */
  readonly url?: string
  /**
   * Download the files of these tables into `dir`. Only if the manifest is on another host. `onBytes` is called with
   * the bytes downloaded so far, and in total.
   */
  readonly fetchTables?: (
    tables: readonly TableName[],
    onBytes?: (done: number, total: number) => void,
  ) => Promise<void>
}

/**
 * Read a manifest. Checks manifest.json, and that every listed file exists with the listed size.
 *
 * @param options.verifyHashes Also compare the content of every file with the listed hash.
 * @throws UserError that names the file, the problem and the fix.
 */
export async function readManifest(
  dir: string,
  { verifyHashes = false }: { verifyHashes?: boolean } = {},
): Promise<ManifestFolder> {
  const read = await readManifestJson(dir)
  for (const file of allFiles(read.manifest)) {
    if (verifyHashes) await assertIntact(read.dir, file)
    else await assertSize(join(read.dir, file.file), file)
  }
  return read
}

/**
 * Read and check manifest.json only, not the files that it lists.
 *
 * @throws UserError that describes the problem and the fix.
 */
export async function readManifestJson(dir: string): Promise<ManifestFolder> {
  if (/^https?:\/\//i.test(dir))
    throw new UserError(
      `${dir}: only the command serve reads a manifest from a URL; copy the files to a folder and give that folder`,
      2,
    )
  const folder = resolve(dir)
  const where = join(folder, MANIFEST_FILE)
  const bytes = await readFile(where).catch(cause => {
    throw notReadable(where, cause)
  })
  return { dir: folder, ...checkedManifest(bytes, where, folder) }
}

/** Create the error for a manifest.json that cannot be read. */
export function notReadable(path: string, cause: NodeJS.ErrnoException): UserError {
  const reason = cause.code === 'ENOENT' ? 'not found' : cause.message
  return new UserError(
    `${path}: ${reason}; point at a folder that the command ingest or reference wrote`,
    1,
    { cause },
  )
}
