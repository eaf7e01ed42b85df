import { readdirSync, readFileSync } from 'node:fs'

/** Highest resident memory of a process so far, in bytes; 0 where the system does not say. */
export const peakRssOf = (pid: number): number => memoryField(pid, 'VmHWM')

/** Resident memory of all processes whose command line contains a text, each on its own, in bytes. */
export function rssOfProcesses(text: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && commandLine(name).includes(text))
    .map(name => memoryField(Number(name), 'VmRSS'))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

function memoryField(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
