import known from '../../data/datasets.json' with { type: 'json' }

/** Curated facts about a source dataset (data/datasets.json). */
export interface KnownDataset {
  readonly dataset: string
  readonly modalities: readonly string[]
  readonly structures: readonly string[]
  /** What its masks annotate. */
  readonly target: string
  /** URL of the page that target and structures were read from. */
  readonly source: string
  /** What its name does not say, or says wrongly. */
  readonly note?: string
  /** Whether the public release has it. */
  readonly released: boolean
}

const byName = new Map<string, KnownDataset>(known.datasets.map(row => [row.dataset, row]))

/** Names of all known source datasets. */
export const KNOWN_DATASET_NAMES: readonly string[] = [...byName.keys()]

/** Where these facts are from, in a sentence or three. */
export const KNOWN_DATASETS_SOURCE: string = known.source

/** The facts about a dataset; undefined for an unknown one. */
export const knownDataset = (name: string): KnownDataset | undefined => byName.get(name)
