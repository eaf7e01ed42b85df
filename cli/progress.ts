import type { Effects } from './effects'

export interface Progress {
  /** Set how much is done; may be called often. */
  update(done: number): void
  /** End with a line that says how long it took. */
  end(): void
}

const DRAW_MS = 100
const LINE_MS = 5_000
const BAR_WIDTH = 24

/**
 * Show the progress of work: a bar on a terminal, a line every few seconds elsewhere.
 *
 * @param label The work, such as "Reading images".
 * @param unit What is counted, such as "images".
 * @param total Total number; omitted if unknown.
 */
export function startProgress(
  effects: Pick<Effects, 'log' | 'draw' | 'now' | 'isTerminal'>,
  { label, unit, total }: { label: string; unit: string; total?: number },
): Progress {
  const start = effects.now()
  const interval = effects.isTerminal ? DRAW_MS : LINE_MS
  let shown = start
  let done = 0

  return {
    update(now) {
      done = now
      const time = effects.now()
      if (time - shown < interval) return
      shown = time
      const line = amount(done, total, (time - start) / 1000)
      if (effects.isTerminal) effects.draw(`${label} ${bar(done, total)}${line} ${unit}`)
      else effects.log(`${label}: ${line} ${unit}`)
    },
    end() {
      const seconds = (effects.now() - start) / 1000
      effects.log(`${label}: ${format(done)} ${unit} in ${seconds.toFixed(1)} s`)
    },
  }
}

function amount(done: number, total: number | undefined, seconds: number): string {
  const rate = done / seconds
  if (total === undefined) return `${format(done)} (${format(rate)}/s)`
  const left = rate > 0 ? `, ${format((total - done) / rate)} s left` : ''
  return `${format(done)} of ${format(total)} (${percent(done, total)} %, ${format(rate)}/s${left})`
}

function bar(done: number, total: number | undefined): string {
  if (!total) return ''
  const full = Math.min(BAR_WIDTH, Math.floor((done / total) * BAR_WIDTH))
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] `
}

const percent = (done: number, total: number) =>
  total > 0 ? Math.floor((done / total) * 100) : 100

const format = (value: number) => Math.round(value).toLocaleString('en-US')

/**
 * Progress that begins with the first call of the returned function, which also gets the total, and whether to show
 * the bar. The rate is computed from the first call on.
 */
export function progressOf(
  effects: Parameters<typeof startProgress>[0],
  { label, unit, scale = 1 }: { label: string; unit: string; scale?: number },
): (done: number, total: number | null, isShown?: boolean) => void {
  let progress: Progress | undefined
  return (done, total, isShown = true) => {
    progress ??= startProgress(effects, {
      label,
      unit,
      ...(total !== null && { total: total / scale }),
    })
    if (isShown) progress.update(done / scale)
  }
}
