import type { HttpOptions } from '../archive/http-request'
import type { JournalStep } from './journal.node.ts'
import type { FileCounts, LocatedDamage, PartReport } from './report'

/** What the work is at, for its progress. */
export type Stage = 'directory' | 'part' | 'check' | 'compare' | 'repair'

export interface DoctorOptions {
  /** Path or URL of the `.zip` of another copy. */
  readonly from?: string
  /** Mend what can be mended; without it, no file is changed. */
  readonly repair?: boolean
  readonly http?: HttpOptions
  readonly signal: AbortSignal
  /** Told how many bytes of a stage are done, and of how many. */
  readonly onProgress: (stage: Stage, done: number, total: number) => void
  /** Told of each damaged file, in the order of the archive. */
  readonly onDamage: (damage: LocatedDamage) => void
  /** Told what a person should know besides. */
  readonly onNote: (text: string) => void
  /** Called after each step of the journal; tests stop there. */
  readonly onStep?: (step: JournalStep) => void
}

/** The result: what is wrong, and what was mended. */
export interface Diagnosis {
  /** Whether nothing is wrong, or everything was mended. */
  readonly ok: boolean
  readonly parts: readonly PartReport[]
  /** Entries of the directory that were checked. */
  readonly entries: number
  /** Damaged files. */
  readonly files: FileCounts
  /** Whether all bytes that no checksum covers were compared with the other copy; null without one. */
  readonly isCompared: boolean | null
  readonly mended: {
    readonly bytes: number
    readonly ranges: number
    readonly parts: readonly string[]
  }
  /** Bytes that stay damaged. */
  readonly leftBytes: number
  /** What was read from the other copy. */
  readonly fetched: {
    readonly bytes: number
    readonly requests: number
    /** Of these bytes, those that were compared although nothing seemed wrong, or to decide what is. */
    readonly comparedBytes: number
  }
}
