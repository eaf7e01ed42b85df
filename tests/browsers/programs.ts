import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program that a browser needs; it ends with this process at the latest. */
export interface Program {
  /**
   * What the first group of a pattern matches in its output.
   *
   * @throws Error with the output if the program ends, or says nothing of the kind within a minute.
   */
  says(pattern: RegExp): Promise<string>
  stop(): Promise<void>
}

const START_TIMEOUT_MS = 60_000

/** What a program gets to end after a signal, before it is killed. */
const GRACE_MS = 5000

export function startProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', text => {
      output += text
    })
  let end: string | undefined
  const ended = new Promise<void>(resolve => {
    const over = (how: string) => {
      end ??= how
      resolve()
    }
    child.once('error', error => over(error.message))
    child.once('exit', (code, signal) => over(`ended with ${code ?? signal}`))
  })
  return {
    async says(pattern) {
      const latest = Date.now() + START_TIMEOUT_MS
      while (Date.now() < latest) {
        const found = pattern.exec(output)
        if (found) return found[1] ?? found[0]
        if (end !== undefined) break
        await sleep(50)
      }
      throw new Error(`${command}: ${end ?? `does not say ${pattern}`}\n${output}`)
    },
    async stop() {
      child.kill()
      const late = setTimeout(kill, GRACE_MS)
      await ended
      clearTimeout(late)
      process.off('exit', kill)
    },
  }
}
