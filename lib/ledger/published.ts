import paper from '../../data/paper.json' with { type: 'json' }
import submodalities from '../../data/submodalities.json' with { type: 'json' }
import { KNOWN_DATASET_NAMES, knownDataset } from '../catalog/known-datasets'
import { about, atLeast, exactly, type Figure, readOff, unknown } from './figure'

/** The unit that "about 15.8M masks" is rounded to. */
const MASKS_UNIT = 100_000

const { totals, publicRelease } = paper

const released = submodalities.submodalities.filter(row => row.released)

/** Modalities of which the public release has files. */
export const RELEASED_MODALITIES: ReadonlySet<string> = new Set(released.map(row => row.modality))

const KNOWN_RELEASED = KNOWN_DATASET_NAMES.filter(name => knownDataset(name)?.released)

const NOT_OF_RELEASE = 'not published for the public release'
export const NOT_IN_PAPER = 'the paper does not say'

/** A pair of published numbers. */
export interface Published {
  readonly paper: Figure
  readonly release: Figure
}

/**
 * Totals of the paper and of the public release (data/paper.json). Notes mark sums; rounded numbers stay "about".
 */
export const TOTALS = {
  images: {
    paper: exactly(totals.images, 'the sum of the modality table'),
    release: exactly(publicRelease.images.value, 'keys of the release’s index'),
  },
  masks: {
    paper: exactly(totals.masks, 'the sum of the modality table'),
    release: about(publicRelease.masks.value, MASKS_UNIT),
  },
  files: {
    paper: exactly(totals.images + totals.masks, 'images and masks, a PNG each'),
    release: about(
      publicRelease.images.value + publicRelease.masks.value,
      MASKS_UNIT,
      'images and masks, a PNG each',
    ),
  },
  datasets: {
    paper: exactly(totals.datasets, 'the sum of the figure of datasets by size'),
    release: atLeast(
      KNOWN_RELEASED.length,
      'datasets known to be in the release; the list is incomplete',
    ),
  },
  modalities: {
    paper: exactly(totals.modalities),
    release: exactly(RELEASED_MODALITIES.size, 'from the prefixes seen in its file names'),
  },
  submodalities: {
    paper: unknown(NOT_IN_PAPER),
    release: exactly(released.length, 'prefixes seen in its file names'),
  },
  organs: { paper: exactly(totals.organs), release: unknown(NOT_OF_RELEASE) },
  labels: {
    paper: exactly(totals.labels),
    release: exactly(totals.labelsDatasetCard, 'as the dataset card says'),
  },
  patients: { paper: unknown(NOT_IN_PAPER), release: unknown(NOT_OF_RELEASE) },
  cases: { paper: unknown(NOT_IN_PAPER), release: unknown(NOT_OF_RELEASE) },
  bytes: {
    paper: unknown(NOT_IN_PAPER),
    release: unknown(
      'about 1.5 TB unpacked, images and masks together; not published for images alone',
    ),
  },
} as const satisfies Record<string, Published>

/** Published images and masks of the modalities, in the order of the paper's table. */
export const MODALITIES: readonly {
  readonly modality: string
  readonly images: Published
  readonly masks: Published
}[] = paper.modalities.rows.map(({ modality, images, masks }) => {
  const release = RELEASED_MODALITIES.has(modality)
    ? unknown('the public release has files of this modality; their number is not published')
    : exactly(0, 'no file name of the public release has this prefix')
  return {
    modality,
    images: { paper: exactly(images), release },
    masks: { paper: exactly(masks), release },
  }
})

const { readOffErrorPct } = paper.samplesByStructure

/** Images and masks by structure, read off the paper's figure; datasets count in each structure they cover. */
export const STRUCTURES: readonly {
  readonly structure: string
  readonly images: Published
  readonly masks: Published
}[] = paper.samplesByStructure.rows.map(({ structure, images, masks }) => ({
  structure,
  images: { paper: readOff(images, readOffErrorPct), release: unknown(NOT_OF_RELEASE) },
  masks: { paper: readOff(masks, readOffErrorPct), release: unknown(NOT_OF_RELEASE) },
}))

/** Datasets by size: bins [lo, hi) of images or masks, and the paper's number of datasets in each. */
export const SIZES: readonly {
  readonly label: string
  readonly lo: number
  readonly hi: number
  readonly byImages: Published
  readonly byMasks: Published
}[] = paper.datasetsBySize.bins.map(({ label, lo, hi, byImages, byMasks }) => ({
  label,
  lo,
  hi,
  byImages: { paper: exactly(byImages), release: unknown(NOT_OF_RELEASE) },
  byMasks: { paper: exactly(byMasks), release: unknown(NOT_OF_RELEASE) },
}))

/** Images of the public release. */
export const RELEASED_IMAGES: number = publicRelease.images.value
