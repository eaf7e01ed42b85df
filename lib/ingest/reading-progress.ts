import { countOf, formatCount } from '../format'
import type { InputCounts } from './stage-index.node.ts'

const LINE_MS = 3_000

/**
 * Lines about a long read: a line every few seconds and one at the end.
 *
 * @param seen Counts that the reader keeps up to date.
 * @param totalBytes Size of the file, or null if unknown.
 * @param now Milliseconds since some fixed moment.
 */
export function readingProgress(
  seen: Readonly<InputCounts>,
  totalBytes: number | null,
  log: (line: string) => void,
  now: () => number,
): { update(bytesRead: number): void; end(): void } {
  const start = now()
  let said = start
  const line = (share: string) => {
    const seconds = (now() - start) / 1000
    const rate = Math.round(seen.masks / Math.max(seconds, 0.001))
    log(
      `${countOf(seen.images, 'image')}, ${countOf(seen.masks, 'mask')} read ` +
        `(${share}${seconds.toFixed(1)} s, ${formatCount(rate)} masks/s)`,
    )
  }
  return {
    update(bytesRead) {
      if (now() - said < LINE_MS) return
      said = now()
      line(totalBytes ? `${Math.floor((100 * bytesRead) / totalBytes)}%, ` : '')
    },
    end: () => line(''),
  }
}
