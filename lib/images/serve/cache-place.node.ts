import { join } from 'node:path'
import { parseSize, systemCache } from '../../http/system-cache.node.ts'

export interface CachePlace {
  readonly dir: string
  readonly maxBytes: number
}

const DEFAULT_BYTES = 1e9

/**
 * The cache of drawn pictures: SAMED2D_IMAGE_CACHE and SAMED2D_IMAGE_CACHE_BYTES, by default a gigabyte in the
 * system's folder for caches.
 *
 * @returns Null if the size is 0: nothing is cached.
 * @throws UserError for a size that is not a number of bytes.
 */
export function cachePlace(env: NodeJS.ProcessEnv = process.env): CachePlace | null {
  const { SAMED2D_IMAGE_CACHE_BYTES: bytes, SAMED2D_IMAGE_CACHE } = env
  const maxBytes = bytes ? parseSize(bytes, 'SAMED2D_IMAGE_CACHE_BYTES') : DEFAULT_BYTES
  if (maxBytes === 0) return null
  const dir = SAMED2D_IMAGE_CACHE || join(systemCache(env), 'samed2d', 'pictures')
  return { dir, maxBytes }
}
