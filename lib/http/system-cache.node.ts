import { homedir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../errors'

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** The operating system's folder for caches. */
export function systemCache(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local')
  return env.XDG_CACHE_HOME || join(homedir(), '.cache')
}

/**
 * A size such as `500M`, `2G`, or plain bytes.
 *
 * @param variable Name of the variable or option, for the message.
 * @throws UserError if the text is not a size.
 */
export function parseSize(text: string, variable: string): number {
  const match = /^(\d+(?:\.\d+)?)([kMGT]?)B?$/.exec(text)
  if (!match)
    throw new UserError(`${variable} is "${text}"; set it to a size such as 500M or 2G`, 2)
  return Math.floor(Number(match[1]) * (UNITS[match[2] ?? ''] as number))
}
