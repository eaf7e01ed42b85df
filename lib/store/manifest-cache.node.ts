import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { formatBytes } from '../format'
import { parseSize, systemCache } from '../http/system-cache.node.ts'

/** Cache for files of manifests on other hosts. Each manifest has a separate folder in `dir`. */
export interface ManifestCache {
  readonly dir: string
  readonly maxBytes: number
}

const DEFAULT_BYTES = 4e9

/** Cache settings from SAMED2D_MANIFEST_CACHE and SAMED2D_MANIFEST_CACHE_BYTES; default 4 GB in the system cache. */
export function manifestCache(env: NodeJS.ProcessEnv = process.env): ManifestCache {
  const { SAMED2D_MANIFEST_CACHE: dir, SAMED2D_MANIFEST_CACHE_BYTES: bytes } = env
  return {
    dir: dir || join(systemCache(env), 'samed2d', 'manifests'),
    maxBytes: bytes ? parseSize(bytes, 'SAMED2D_MANIFEST_CACHE_BYTES') : DEFAULT_BYTES,
  }
}

/**
 * Get the cache folder of a manifest. Creates the folder if needed.
 *
 * @param key 32 hex digits.
 */
export async function cacheFolder({ dir }: ManifestCache, key: string): Promise<string> {
  const folder = join(dir, key)
  await mkdir(folder, { recursive: true })
  // `makeRoom` uses the modification time as the time of last use.
  const now = new Date()
  await utimes(folder, now, now)
  return folder
}

/**
 * Make room for new files of a manifest. Removes the cached files of other manifests, least recently used first.
 *
 * @param key Folder of the manifest that needs the room.
 * @param bytes Total size of the new files.
 * @throws UserError if the manifest needs more than the cache may hold.
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
        // Another download or process has just renamed or removed the file.
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
