import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** When to send a signal: so many ms after the staging folder is there, or after a line is said. */
export interface Moment {
  readonly after: 'start' | RegExp
  readonly ms: number
}

/** Run `samed2d ingest` as a user does; with a moment, send it a signal then. */
export async function ingestChild(
  source: string,
  out: string,
  signal?: NodeJS.Signals,
  moment?: Moment,
): Promise<Ended> {
  const child = spawn(process.execPath, ['cli/samed2d.mjs', 'ingest', source, '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', data => {
    stdout += data
  })
  child.stderr.on('data', data => {
    stderr += data
  })
  const ended = new Promise<Ended>(resolve =>
    child.on('close', (code, killedBy) => resolve({ code, signal: killedBy, stdout, stderr })),
  )
  if (!moment) return ended
  const staging = `${out}.partial-${child.pid}`
  const come = () => (moment.after === 'start' ? existsSync(staging) : moment.after.test(stderr))
  while (!come() && child.exitCode === null && child.signalCode === null) await wait(2)
  await wait(moment.ms)
  child.kill(signal)
  return ended
}
