import { formatShare } from '../format'
import { listed } from './listed'
import { pairsText } from './pairs-text'
import type { Block } from './split-report'

/** Why a split was refused, and what to do instead. */
export interface Refusal {
  /** What could not be filled and what is kept together, as sentences. */
  readonly reason: string
  /** Whether it would help to stop keeping pairs of datasets together. */
  readonly isHeld: boolean
  /** What to do instead, if neither of these applies. */
  readonly advice?: string
}

/** Maximum number of blocks in a message. */
const MOST_NAMED = 3

/**
 * @param short Names of the splits or folds that are off by more than two points.
 * @param blocks Blocks that do not fit, largest first.
 */
export function refusalOf(short: readonly string[], blocks: readonly Block[]): Refusal {
  const named = blocks.slice(0, MOST_NAMED).map(blockText)
  return {
    reason: `The split cannot be filled: ${listed(short)} would be off by more than 2 points. ${named.join(' ')}`,
    isHeld: blocks.some(({ pairs }) => pairs.length > 0),
  }
}

/** A sentence that says what a block is and why it exists. */
export function blockText({ datasets, share, pairs, isChain, patients }: Block): string {
  const what = `${listed(datasets)} (${formatShare(share)} of the images) ${datasets.length > 1 ? 'are' : 'is'} kept in one split`
  if (pairs.length === 0)
    return `${what}: ${patients} patients hang together by names or equal pictures.`
  const chain = isChain ? ' (a chain: not each of them with each other)' : ''
  return `${what}: ${pairsText(pairs)}${chain}.`
}

/** What to do, on the command line. */
export const commandChoices = ({ isHeld, advice }: Refusal): string =>
  isHeld
    ? 'Choose --overlap warn to split them all the same, --overlap exclude to leave the smaller ones out, or a filter with fewer of these datasets.'
    : (advice ?? 'Choose other sizes or a filter with fewer of these images.')

/** What to do, on the page. */
export const pageChoices = ({ isHeld, advice }: Refusal): string =>
  isHeld
    ? 'Set overlapping datasets to “warn” to split them all the same or to “exclude” to leave the smaller ones out, or filter for fewer of these datasets.'
    : (advice ?? 'Choose other sizes, or filter for fewer of these images.')
