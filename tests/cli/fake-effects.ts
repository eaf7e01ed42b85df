import type { Effects } from '../../cli/effects'

export interface FakeEffects extends Effects {
  /** Lines on stderr, text on stdout, lines drawn on the terminal. */
  readonly lines: string[]
  readonly drawn: string[]
  output(): string
  /** Let time pass. */
  tick(ms: number): void
  /** As a signal would: abort, then run the hooks, latest first. */
  interrupt(): Promise<void>
}

export function fakeEffects({ isTerminal = false } = {}): FakeEffects {
  const lines: string[] = []
  const drawn: string[] = []
  const hooks: (() => void | Promise<void>)[] = []
  const interruption = new AbortController()
  let output = ''
  let time = 0
  return {
    lines,
    drawn,
    isTerminal,
    signal: interruption.signal,
    output: () => output,
    tick: ms => {
      time += ms
    },
    log: line => void lines.push(line),
    draw: line => void drawn.push(line),
    write: text => {
      output += text
    },
    now: () => time,
    onInterrupt(hook) {
      hooks.push(hook)
      return () => void hooks.splice(hooks.lastIndexOf(hook), 1)
    },
    leaveLastWords: () => () => {},
    async interrupt() {
      interruption.abort(new Error('stopped'))
      for (const hook of hooks.reverse()) await hook()
    },
  }
}
