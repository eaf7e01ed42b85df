import type { TopLevelSpec } from 'vega-lite'
import { chartLabels } from '../counts/chart-labels'
import type { Counts } from '../counts/counts'
import type { Dimensions } from '../filter/dimensions'
import { type Filter, isEmpty, passesFacet } from '../filter/filter'
import { hasUnionFacet } from '../filter/merged'
import type { FacetCount, Manifest } from '../manifest/manifest'

/** The input of all figures; the same on the page and on the command line. */
export interface FigureInput {
  readonly manifest: Pick<Manifest, 'id' | 'name' | 'simulated' | 'created'>
  /** Counts of the filter. */
  readonly counts: Counts
  readonly dimensions: Dimensions
  readonly filter: Filter
  /** `YYYY-MM-DD` for captions. */
  readonly date: string
  /** Example images; absent until they are read, which needs the rows and an image store. */
  readonly examples?: Examples
}

/** Example images of the filter. */
export interface Examples {
  /** Kind of the image store; null if none is connected. */
  readonly store: string | null
  readonly items: readonly Example[]
}

/** The example image of a region and a modality. */
export interface Example {
  readonly region: string
  readonly modality: string
  readonly imageId: number
  /** Number of images from which it was chosen. */
  readonly images: number
  readonly dataset: string
  /** Path within the release. */
  readonly file: string
  /** Labels of the region on the image. */
  readonly labels: readonly string[]
  /** `data:` URL of a PNG with the masks; null without a picture. */
  readonly picture: string | null
  /** Why there is no picture; null otherwise. */
  readonly fault: string | null
}

/** One number of the paper and of the manifest. */
export interface Comparison {
  readonly what: string
  readonly unit: string
  readonly published: number
  readonly manifest: number
  /** A number read off a figure is accurate to `errorPct`. */
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
  /** The paper's figure that it reproduces, or "ours". */
  readonly origin: string
  /** How to read the figure, and how its numbers were counted. */
  readonly note: string
  readonly columns: readonly FigureColumn[]
  readonly rows: readonly FigureRow[]
  /**
   * A complete spec with rows, or the text of an SVG that is not drawn by Vega; null if there is nothing to show.
   */
  readonly picture: { readonly spec: TopLevelSpec } | { readonly svg: string } | null
  /** Why the figure shows nothing, or not everything; else null. */
  readonly gap: string | null
  /** Empty under a filter, because the paper has no numbers for it. */
  readonly comparison: readonly Comparison[]
  /** SQL that gives the rows of the whole manifest. */
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

/** Makes one figure; `compared` makes its `comparison`. */
export type FigureMaker = (input: FigureInput) => Figure

/** Counts by the values of a facet under the complete filter, including the facet itself. */
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

/** The comparison with the paper; empty if a filter is set. */
export const compared = (
  { filter }: FigureInput,
  comparison: readonly Comparison[],
): readonly Comparison[] => (isEmpty(filter) ? comparison : [])

/** Whether a number agrees with the published number: exactly, or within the error of reading. */
export const agrees = ({ published, manifest, errorPct }: Comparison): boolean =>
  Math.abs(manifest - published) <= (Math.abs(published) * errorPct) / 100 + 1e-9

/** A comparison with a printed number, which must be equal. */
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
