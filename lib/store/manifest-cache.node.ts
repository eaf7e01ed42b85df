import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { formatBytes } from '../format'
import { parseSize, systemCache } from '../http/system-cache.node.ts'

/** Where files of manifests on other hosts are kept, each manifest in a folder of its own. */
export interface ManifestCache {
  readonly dir: string
  readonly maxBytes: number
}

const DEFAULT_BYTES = 4e9

/** SAMED2D_MANIFEST_CACHE and SAMED2D_MANIFEST_CACHE_BYTES, or 4 GB in the system's folder for caches. */
export function manifestCache(env: NodeJS.ProcessEnv = process.env): ManifestCache {
  const { SAMED2D_MANIFEST_CACHE: dir, SAMED2D_MANIFEST_CACHE_BYTES: bytes } = env
  return {
    dir: dir || join(systemCache(env), 'samed2d', 'manifests'),
    maxBytes: bytes ? parseSize(bytes, 'SAMED2D_MANIFEST_CACHE_BYTES') : DEFAULT_BYTES,
  }
}

/** The folder of one manifest, made if it is not there. @param key Hex. */
export async function cacheFolder({ dir }: ManifestCache, key: string): Promise<string> {
  const folder = join(dir, key)
  await mkdir(folder, { recursive: true })
  // Its time says when it was last of use.
  const now = new Date()
  await utimes(folder, now, now)
  return folder
}

/**
 * Make room for files of a manifest: those of others go, the longest unused first.
 *
 * @param key Folder of the manifest that they are for.
 * @throws UserError if it needs more than the cache may hold.
 */
export async function makeRoom(
  { dir, maxBytes }: ManifestCache,
  key: string,
  bytes: number,
): Promise<void> {
  const folders = await Promise.all(
    (await readdir(dir)).map(async name => {
      const { mtimeMs } = await stat(join(dir, name))
      return { name, mtimeMs, bytes: await sizeOf(join(dir, name)) }
    }),
  )
  const own = folders.find(({ name }) => name === key)?.bytes ?? 0
  if (own + bytes > maxBytes)
    throw new UserError(
      `${dir}: the manifest needs ${formatBytes(own + bytes)} of cache, but the limit is ${formatBytes(maxBytes)}; increase SAMED2D_MANIFEST_CACHE_BYTES`,
    )
  let total = folders.reduce((sum, each) => sum + each.bytes, bytes)
  const others = folders.filter(({ name }) => name !== key && /^[0-9a-f]{32}$/.test(name))
  for (const { name, bytes } of others.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= maxBytes) return
    await rm(join(dir, name), { recursive: true, force: true })
    total -= bytes
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch((): string[] => [])
  const sizes = await Promise.all(
    names.map(name =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        // Renamed or removed just now.
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
