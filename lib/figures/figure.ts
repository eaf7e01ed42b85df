import type { TopLevelSpec } from 'vega-lite'
import { chartLabels } from '../counts/chart-labels'
import type { Counts } from '../counts/counts'
import type { Dimensions } from '../filter/dimensions'
import { type Filter, isEmpty, passesFacet } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import type { FacetCount, Manifest } from '../manifest/manifest'

/** Everything that figures are made from; the page and the command line count it alike. */
export interface FigureInput {
  readonly manifest: Pick<Manifest, 'id' | 'name' | 'simulated' | 'created'>
  /** Of the filter. */
  readonly counts: Counts
  readonly dimensions: Dimensions
  readonly filter: Filter
  /** `YYYY-MM-DD` for captions. */
  readonly date: string
  /** Left out while they are not read: they need the rows and an image store. */
  readonly examples?: Examples
}

/** Example images of the filter. */
export interface Examples {
  /** Kind of the image store; null if none is connected. */
  readonly store: string | null
  readonly items: readonly Example[]
}

/** An image that stands for a region and a modality. */
export interface Example {
  readonly region: string
  readonly modality: string
  readonly imageId: number
  /** How many images it was chosen from. */
  readonly images: number
  readonly dataset: string
  /** Path within the release. */
  readonly file: string
  /** Of the region. */
  readonly labels: readonly string[]
  /** `data:` address of a PNG, masks drawn in; null if there is none. */
  readonly picture: string | null
  /** Why there is no picture; null otherwise. */
  readonly fault: string | null
}

/** One number of the paper beside the manifest's. */
export interface Comparison {
  readonly what: string
  readonly unit: string
  readonly published: number
  readonly manifest: number
  /** Read off a figure: known to within `errorPct`. */
  readonly kind: 'printed' | 'read off'
  readonly errorPct: number
}

export interface FigureColumn {
  readonly key: string
  readonly title: string
  /** Empty for names. */
  readonly unit: string
}

export type FigureRow = Readonly<Record<string, string | number | null>>

export interface Figure {
  readonly id: FigureId
  readonly title: string
  /** Which of the paper's figures it is after, or that it is our own. */
  readonly origin: string
  /** How to read it, and what was counted how. */
  readonly note: string
  readonly columns: readonly FigureColumn[]
  readonly rows: readonly FigureRow[]
  /** A whole spec with its rows, or the text of an SVG that Vega does not draw; null with nothing to show. */
  readonly picture: { readonly spec: TopLevelSpec } | { readonly svg: string } | null
  /** Why there is nothing, or not all, to show; null otherwise. */
  readonly gap: string | null
  /** Empty under a filter: the paper has no number for it. */
  readonly comparison: readonly Comparison[]
  /** Gives the rows on the manifest's tables, for the whole manifest. */
  readonly sql: string
}

export const FIGURE_IDS = [
  'modality-table',
  'modality-donut',
  'datasets-by-size',
  'datasets-by-structure',
  'samples-by-structure',
  'masks-by-structure',
  'structures-symlog',
  'size-comparison',
  'anatomy',
  'sizes-and-areas',
  'label-distribution',
  'example-images',
] as const
export type FigureId = (typeof FIGURE_IDS)[number]

/** What makes one figure; `comparison` is what it would be without a filter. */
export type FigureMaker = (input: FigureInput) => Figure

/** Counts by a facet's values under the whole filter: its own part of it too. */
export const underFilter = (
  { counts, filter }: FigureInput,
  facet: 'modality' | 'dataset' | 'organ' | 'label',
): readonly FacetCount[] => {
  const rows = facet === 'label' ? chartLabels(counts.facets.label, filter) : counts.facets[facet]
  return rows.filter(row => passesFacet(filter, facet, row.value))
}

/** Which masks figures by organ, structure and label are about; the paper does not count merged ones there. */
export const mergedNote = ({ filter }: FigureInput): string =>
  hasUnionFacet(filter)
    ? 'Merged masks are counted as the filter says.'
    : 'Merged masks are left out: they repeat others.'

/** What the paper says, unless a filter is set. */
export const compared = (
  { filter }: FigureInput,
  comparison: readonly Comparison[],
): readonly Comparison[] => (isEmpty(filter) ? comparison : [])

/** Whether a number agrees with the published one: exactly, or within the error of reading. */
export const agrees = ({ published, manifest, errorPct }: Comparison): boolean =>
  Math.abs(manifest - published) <= (Math.abs(published) * errorPct) / 100 + 1e-9

/** A printed number, to be met exactly. */
export const printed = (
  what: string,
  unit: string,
  published: number,
  manifest: number,
): Comparison => ({ what, unit, published, manifest, kind: 'printed', errorPct: 0 })

export const readOff = (
  what: string,
  unit: string,
  published: number,
  manifest: number,
  errorPct: number,
): Comparison => ({ what, unit, published, manifest, kind: 'read off', errorPct })
