import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import { isIntact } from '../store/intact-files.node.ts'

/**
 * Find listed files that are missing or damaged.
 *
 * @returns One message per damaged file, which starts with the file name. Empty if all files match.
 */
export async function damagedFiles(dir: string, manifest: Manifest): Promise<string[]> {
  const problems: string[] = []
  for (const listed of allFiles(manifest)) {
    const { file, bytes } = listed
    const found = await stat(join(dir, file)).catch((error: NodeJS.ErrnoException) => error)
    if (found instanceof Error)
      problems.push(`${file} ${found.code === 'ENOENT' ? 'is missing' : found.message}`)
    else if (found.size !== bytes)
      problems.push(`${file} has ${found.size} bytes, but ${MANIFEST_FILE} lists ${bytes}`)
    else if (!(await isIntact(dir, listed)))
      problems.push(`${file} does not match the listed SHA-256`)
  }
  return problems
}

/** Names of files in a manifest's folder that the manifest does not list, sorted. */
export async function unlistedFiles(dir: string, manifest: Manifest): Promise<string[]> {
  const listed = new Set([MANIFEST_FILE, ...allFiles(manifest).map(({ file }) => file)])
  return (await readdir(dir)).filter(name => !listed.has(name)).sort()
}
