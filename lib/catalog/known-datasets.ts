import known from '../../data/datasets.json' with { type: 'json' }

/** What we know of a source dataset without any manifest. */
export interface KnownDataset {
  readonly dataset: string
  readonly modalities: readonly string[]
  readonly structures: readonly string[]
  /** What its masks annotate. */
  readonly target: string
  /** In the public release. */
  readonly released: boolean
}

const byName = new Map<string, KnownDataset>(known.datasets.map(row => [row.dataset, row]))

/** Names of all datasets that we know of, in no manifest's terms. */
export const KNOWN_DATASET_NAMES: readonly string[] = [...byName.keys()]

/** Where these facts are from, in a sentence or three. */
export const KNOWN_DATASETS_SOURCE: string = known.source

/** What we know of a dataset; undefined if we do not know it. */
export const knownDataset = (name: string): KnownDataset | undefined => byName.get(name)
