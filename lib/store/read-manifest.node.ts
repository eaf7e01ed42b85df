import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../errors'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
import { checkedManifest } from './checked-manifest.node.ts'
import { assertIntact, assertSize } from './intact-files.node.ts'

/** A manifest on disk whose files were all found to be there, whole by their size. */
export interface ManifestFolder {
  /** Absolute path of the folder. */
  readonly dir: string
  readonly manifest: Manifest
  /** Text of manifest.json, as it was checked. */
  readonly text: string
  /** Address of the folder, with a slash at its end, if it lies on another host: `dir` is a copy of parts. */
  readonly url?: string
  /** Then: have the files of these tables in `dir`. Told the bytes that came, of those to come. */
  readonly fetchTables?: (
    tables: readonly TableName[],
    onBytes?: (done: number, total: number) => void,
  ) => Promise<void>
}

/**
 * Read and check a manifest: manifest.json itself, then that every listed file is there with the
 * listed size.
 *
 * @param options.verifyHashes Also read all files and check their content.
 * @throws UserError that names the file, says what is wrong and what to do.
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
 * Read and check manifest.json, without a look at the files that it lists.
 *
 * @throws UserError that says what is wrong with it, and what to do.
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

/** The message for a manifest.json that cannot be read. */
export function notReadable(path: string, cause: NodeJS.ErrnoException): UserError {
  const reason = cause.code === 'ENOENT' ? 'not found' : cause.message
  return new UserError(
    `${path}: ${reason}; point at a folder that the command ingest or reference wrote`,
    1,
    { cause },
  )
}
