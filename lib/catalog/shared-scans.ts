import { OVERLAP_PAIRS, type OverlapKind } from '../split/overlap-pairs'

/** Heading over pairs of datasets, on pages and in the terminal. */
export const SHARED_SCANS_TITLE = 'Datasets that share scans, or may'

const KIND_IN_WORDS: Readonly<Record<OverlapKind, string>> = {
  'same-images': 'same images',
  'same-source': 'share scans',
  'possibly-same-hospital': 'possibly the same hospital',
}

/** A pair of datasets as people read it. */
export interface CuratedPair {
  readonly datasets: readonly string[]
  readonly kind: OverlapKind
  readonly kindInWords: string
  readonly evidence: string
  /** URLs, separated by commas, or words. */
  readonly source: string
}

/** The pairs of data/families.json, surest kind first. */
export const CURATED_PAIRS: readonly CuratedPair[] = OVERLAP_PAIRS.map(
  ({ datasets, kind, evidence, source }) => ({
    datasets,
    kind,
    kindInWords: KIND_IN_WORDS[kind],
    evidence,
    source,
  }),
)

/** A pair seen from one of its datasets. */
export interface Partner extends CuratedPair {
  /** The other dataset. */
  readonly other: string
}

/** The pairs that a dataset is in. */
export const partnersOf = (dataset: string): Partner[] =>
  CURATED_PAIRS.filter(({ datasets }) => datasets.includes(dataset)).flatMap(pair =>
    pair.datasets.filter(name => name !== dataset).map(other => ({ ...pair, other })),
  )
