import { homedir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors'

export interface CachePlace {
  readonly dir: string
  readonly maxBytes: number
}

const DEFAULT_BYTES = 1e9

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/**
 * Where made pictures are kept: SAMED2D_IMAGE_CACHE and SAMED2D_IMAGE_CACHE_BYTES, or a gigabyte in
 * the system's folder for caches.
 *
 * @returns Null if the bound is 0: nothing is kept.
 * @throws UserError for a bound that is no number of bytes.
 */
export function cachePlace(env: NodeJS.ProcessEnv = process.env): CachePlace | null {
  const maxBytes = parseBytes(env.SAMED2D_IMAGE_CACHE_BYTES)
  if (maxBytes === 0) return null
  const dir = env.SAMED2D_IMAGE_CACHE || join(systemCache(env), 'samed2d', 'pictures')
  return { dir, maxBytes }
}

function systemCache(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
  return env.XDG_CACHE_HOME || join(homedir(), '.cache')
}

/** `500M`, `2G`, or plain bytes; a gigabyte for nothing. */
function parseBytes(text: string | undefined): number {
  if (!text) return DEFAULT_BYTES
  const match = /^(\d+(?:\.\d+)?)([kMGT]?)B?$/.exec(text)
  if (!match)
    throw new UserError(
      `SAMED2D_IMAGE_CACHE_BYTES is "${text}"; set it to a size such as 500M or 2G, or to 0 for no cache`,
      2,
    )
  return Math.floor(Number(match[1]) * (UNITS[match[2] ?? ''] as number))
}
