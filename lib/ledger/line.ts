import { type Difference, difference, exactly, type Figure } from './figure'
import type { Published } from './published'

/** Reasons for differences: those of data/ledger-reasons.json, then facts about the manifest. */
export type ReasonId =
  | 'redistribution'
  | 'test-data'
  | 'label-counts'
  | 'simulated'
  | 'stand-in'
  | 'rejected'
  | 'less-than-release'
  | 'not-known'

/** One number in the paper, in the public release, and in this manifest. */
export interface Line {
  /** Anchor on the page, unique in the ledger. */
  readonly id: string
  readonly name: string
  /** What is counted, such as "images". */
  readonly measure: string
  readonly paper: Figure
  readonly release: Figure
  readonly manifest: Figure
  /** Public release minus paper. */
  readonly releaseToPaper: Difference
  /** This manifest minus paper. */
  readonly toPaper: Difference
  /** This manifest minus public release. */
  readonly toRelease: Difference
  readonly reasons: readonly ReasonId[]
}

/** Whether something is in the public release. */
export type Presence = 'yes' | 'no' | 'not known'

/** A dataset, prefix or label, of which only the presence is published. */
export interface NameLine {
  readonly id: string
  readonly name: string
  readonly release: Presence
  /** Images of this manifest; 0 if the manifest does not have it. */
  readonly images: number
  readonly masks: number
  /** Whether it is certainly in only one of public release and manifest. */
  readonly isApart: boolean
  readonly reasons: readonly ReasonId[]
}

/** A line without its reasons. */
export function lineOf(
  id: string,
  name: string,
  measure: string,
  { paper, release }: Published,
  manifest: number | Figure,
): Omit<Line, 'reasons'> {
  const own = typeof manifest === 'number' ? exactly(manifest) : manifest
  return {
    id,
    name,
    measure,
    paper,
    release,
    manifest: own,
    releaseToPaper: difference(paper, release),
    toPaper: difference(paper, own),
    toRelease: difference(release, own),
  }
}

/** Whether two of a line's three numbers certainly differ. */
export const isApart = (line: Pick<Line, 'releaseToPaper' | 'toPaper' | 'toRelease'>): boolean =>
  [line.releaseToPaper, line.toPaper, line.toRelease].some(({ kind }) => kind === 'apart')
