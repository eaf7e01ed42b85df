import { constants } from 'node:os'
import { leaveLastWords } from './last-words'

/** All effects of a command outside of its files; tests replace them. */
export interface Effects {
  /** Print a line on stderr, for people. */
  log(line: string): void
  /** Redraw the last line of the terminal; does nothing elsewhere. The next `log` replaces it. */
  draw(line: string): void
  /** Print the result of the command on stdout, unchanged. */
  write(text: string): void
  /** Whether stderr is a terminal. */
  readonly isTerminal: boolean
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** Milliseconds since some fixed moment. */
  now(): number
  /**
   * Run a hook on SIGINT or SIGTERM, before the process ends with 130 or 143. The latest hook runs first; promises are
   * awaited.
   *
   * @returns A function that removes the hook.
   */
  onInterrupt(hook: () => void | Promise<void>): () => void
  /** As `leaveLastWords`. */
  leaveLastWords(line: string): () => void
}

/** Time for all hooks together; then the process ends in any case. */
const HOOKS_MS = 15_000

const CLEAR_LINE = '\r\u001b[K'

/** The real effects. Call once, because it listens to the signals of the process. */
export function nodeEffects(): Effects {
  const hooks: (() => void | Promise<void>)[] = []
  const interruption = new AbortController()
  const isTerminal = process.stderr.isTTY === true
  let drawn = false

  const interrupted = async (signal: 'SIGINT' | 'SIGTERM') => {
    const exit = () => process.exit(128 + constants.signals[signal])
    // A second signal ends the process at once.
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
  // The reader of a pipe, such as head, has closed it.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    // With the exit code of work that has failed, else with 0.
    process.exit()
  })
  // Nobody reads stderr any more; the work continues, because its result may still be needed.
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
