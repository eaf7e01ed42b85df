import { readFileSync } from 'node:fs'

/** The published numbers that the reference plan has to meet, read from data/paper.json and data/datasets.json. */
export interface PublishedFacts {
  readonly images: number
  readonly masks: number
  readonly datasets: number
  readonly organs: number
  readonly labels: number
  readonly released: { readonly images: number; readonly masks: number }
  readonly modalities: readonly { modality: string; images: number; masks: number }[]
  /** Datasets per size bin [lo, hi), by images and by masks. */
  readonly bins: readonly { lo: number; hi: number; byImages: number; byMasks: number }[]
  /** Datasets (exact), images and masks (read off a figure) per structure, attributed by dataset. */
  readonly structures: readonly {
    structure: string
    datasets: number
    images: number
    masks: number
  }[]
  /** Structures of a dataset known to be in the public release; empty for any other name. */
  structuresOf(dataset: string): readonly string[]
}

interface PaperJson {
  totals: {
    images: number
    masks: number
    datasets: number
    organs: number
    labelsDatasetCard: number
  }
  publicRelease: { images: { value: number }; masks: { value: number } }
  modalities: { rows: PublishedFacts['modalities'] }
  datasetsBySize: { bins: PublishedFacts['bins'] }
  datasetsByStructure: { rows: { structure: string; datasets: number }[] }
  samplesByStructure: { rows: { structure: string; images: number; masks: number }[] }
}

const readData = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')) as T

/** Read the published numbers; called by the plan's solver and its test only. */
export function readPublishedFacts(): PublishedFacts {
  const paper = readData<PaperJson>('paper.json')
  const { datasets } = readData<{ datasets: { dataset: string; structures: string[] }[] }>(
    'datasets.json',
  )
  const structures = new Map(datasets.map(row => [row.dataset, row.structures]))
  return {
    ...paper.totals,
    labels: paper.totals.labelsDatasetCard,
    released: {
      images: paper.publicRelease.images.value,
      masks: paper.publicRelease.masks.value,
    },
    modalities: paper.modalities.rows,
    bins: paper.datasetsBySize.bins,
    structures: paper.datasetsByStructure.rows.map(({ structure, datasets }) => {
      const samples = paper.samplesByStructure.rows.find(row => row.structure === structure)
      return { structure, datasets, images: samples?.images ?? 0, masks: samples?.masks ?? 0 }
    }),
    structuresOf: dataset => structures.get(dataset) ?? [],
  }
}
