import { constants } from 'node:os'
import { leaveLastWords } from './last-words'

/** All that a command does to the world outside of its files; tests give it another one. */
export interface Effects {
  /** A line for whoever watches: stderr. */
  log(line: string): void
  /** Redraw the last line of the terminal; does nothing elsewhere. The next `log` replaces it. */
  draw(line: string): void
  /** The command's result: stdout, as it is. */
  write(text: string): void
  /** Whether stderr is a terminal. */
  readonly isTerminal: boolean
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** Milliseconds since some fixed moment. */
  now(): number
  /**
   * Do something on SIGINT or SIGTERM, before the process ends with 130 or 143. The latest hook
   * runs first; a promise is waited for.
   *
   * @returns A function that takes the hook back.
   */
  onInterrupt(hook: () => void | Promise<void>): () => void
  /** As `leaveLastWords`. */
  leaveLastWords(line: string): () => void
}

/** What the hooks get altogether; then the process ends all the same. */
const HOOKS_MS = 15_000

const CLEAR_LINE = '\r\u001b[K'

/** The real effects. To be made once: it listens to the process's signals from then on. */
export function nodeEffects(): Effects {
  const hooks: (() => void | Promise<void>)[] = []
  const interruption = new AbortController()
  const isTerminal = process.stderr.isTTY === true
  let drawn = false

  const interrupted = async (signal: 'SIGINT' | 'SIGTERM') => {
    const exit = () => process.exit(128 + constants.signals[signal])
    // Asked twice: whoever asks wants it now.
    if (interruption.signal.aborted) exit()
    interruption.abort(new Error(`stopped by ${signal}`))
    setTimeout(exit, HOOKS_MS)
    try {
      for (const hook of hooks.reverse()) await hook()
    } catch (error) {
      console.error(error)
    }
    exit()
  }
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  // The reader of a pipe, such as head, has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    // With the code of work that has failed by then, else with 0.
    process.exit()
  })
  // Whoever watched has gone; the work goes on, and its result is still wanted.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

  return {
    log(line) {
      process.stderr.write(`${drawn ? CLEAR_LINE : ''}${line}\n`)
      drawn = false
    },
    draw(line) {
      if (!isTerminal) return
      process.stderr.write(CLEAR_LINE + line.slice(0, process.stderr.columns - 1))
      drawn = true
    },
    write: text => void process.stdout.write(text),
    isTerminal,
    signal: interruption.signal,
    now: () => performance.now(),
    onInterrupt(hook) {
      hooks.push(hook)
      return () => void hooks.splice(hooks.lastIndexOf(hook), 1)
    },
    leaveLastWords,
  }
}
