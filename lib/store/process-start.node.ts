import { readFileSync } from 'node:fs'

/**
 * When a process started, as a text that tells it from a later process with the same id: the boot, and the clock ticks
 * since then. Null where the system does not tell, as outside Linux, or for a process that has ended.
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    // The name, in brackets, may hold anything; the fields behind it are numbers. Start time is field 22.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot} ${ticks}`
  } catch {
    return null
  }
}
