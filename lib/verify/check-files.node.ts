import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import { sha256Of } from '../store/write-parquet.node.ts'

/**
 * What is wrong with the files that a manifest lists, each by its name; nothing if all are there with
 * their size and content.
 */
export async function damagedFiles(dir: string, manifest: Manifest): Promise<string[]> {
  const problems: string[] = []
  for (const { file, bytes, sha256 } of allFiles(manifest)) {
    const path = join(dir, file)
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error)
    if (found instanceof Error)
      problems.push(`${file} ${found.code === 'ENOENT' ? 'is missing' : found.message}`)
    else if (found.size !== bytes)
      problems.push(`${file} has ${found.size} bytes, but ${MANIFEST_FILE} lists ${bytes}`)
    else if ((await sha256Of(path)) !== sha256)
      problems.push(`${file} does not match the listed SHA-256`)
  }
  return problems
}

/** Names in the folder of a manifest that it does not list. */
export async function unlistedFiles(dir: string, manifest: Manifest): Promise<string[]> {
  const listed = new Set([MANIFEST_FILE, ...allFiles(manifest).map(({ file }) => file)])
  return (await readdir(dir)).filter(name => !listed.has(name)).sort()
}
