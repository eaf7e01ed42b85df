import { readFileSync } from 'node:fs'

/**
 * Get the start time of a process, as a string that distinguishes it from a later process with the same id. The string
 * has the id of the boot, and the clock ticks from boot to start. Null outside Linux, or if the process has ended.
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    // Split after the process name, which is in parentheses and can contain any character. Start time is field 22.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot} ${ticks}`
  } catch {
    return null
  }
}
