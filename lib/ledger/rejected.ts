import { filesOf } from '../manifest/files-of'
import { REJECT_REASONS } from '../release/reject-reasons'
import type { LedgerSource } from './source'

/** Inputs that were not accepted, by reason code. */
export interface Rejected {
  readonly total: number
  /** Most frequent reason first. */
  readonly reasons: readonly { readonly code: string; readonly n: number; readonly words: string }[]
  /** File of the manifest that lists each rejected input with its text. */
  readonly file: string
}

export function rejectedOf(source: Pick<LedgerSource, 'rejects' | 'files'>): Rejected {
  const words: Readonly<Record<string, string>> = REJECT_REASONS
  const reasons = Object.entries(source.rejects)
    .map(([code, n]) => ({
      code,
      n,
      words: words[code] ?? 'a reason unknown to this version',
    }))
    .sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1))
  return {
    total: reasons.reduce((sum, { n }) => sum + n, 0),
    reasons,
    file: filesOf(source, 'rejects')
      .map(({ file }) => file)
      .join(', '),
  }
}
