import { join } from 'node:path'
import { parseSize, systemCache } from '../../http/system-cache.node.ts'

export interface CachePlace {
  readonly dir: string
  readonly maxBytes: number
}

const DEFAULT_BYTES = 1e9

/**
 * Where made pictures are kept: SAMED2D_IMAGE_CACHE and SAMED2D_IMAGE_CACHE_BYTES, or a gigabyte in
 * the system's folder for caches.
 *
 * @returns Null if the bound is 0: nothing is kept.
 * @throws UserError for a bound that is no number of bytes.
 */
export function cachePlace(env: NodeJS.ProcessEnv = process.env): CachePlace | null {
  const { SAMED2D_IMAGE_CACHE_BYTES: bytes, SAMED2D_IMAGE_CACHE } = env
  const maxBytes = bytes ? parseSize(bytes, 'SAMED2D_IMAGE_CACHE_BYTES') : DEFAULT_BYTES
  if (maxBytes === 0) return null
  const dir = SAMED2D_IMAGE_CACHE || join(systemCache(env), 'samed2d', 'pictures')
  return { dir, maxBytes }
}
