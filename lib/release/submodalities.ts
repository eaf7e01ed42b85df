import curated from '../../data/submodalities.json'

/** The ten modalities, in the order of the paper's table. */
export const MODALITIES: readonly string[] = curated.modalities

export interface Submodality {
  /** Prefix of the file names, such as mr_t1. */
  readonly submodality: string
  readonly modality: string
  /** False for two prefixes of our own, which no file of the public release has. */
  readonly released: boolean
}

export const SUBMODALITIES: readonly Submodality[] = curated.submodalities

const modalityByCode = new Map(SUBMODALITIES.map(row => [row.submodality, row.modality]))

/** The modality of a file-name prefix; undefined if no known file has the prefix. */
export const modalityOf = (submodality: string): string | undefined =>
  modalityByCode.get(submodality)
