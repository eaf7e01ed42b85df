import type { CommandPlace } from '../command-line'
import type { Counts } from '../counts/counts'
import type { Dimensions } from '../filter/dimensions'
import type { Manifest } from '../manifest/manifest'
import type { NameExtent } from '../queries/name-extents'

/** What the browser gets of a manifest: its files, its summary, and what to call it. */
export type PageManifest = Pick<
  Manifest,
  | 'id'
  | 'name'
  | 'simulated'
  | 'created'
  | 'source'
  | 'files'
  | 'summary'
  | 'rejects'
  | 'measured'
  | 'duplicates'
  | 'imageSplit'
> & { readonly baseUrl: string }

/**
 * Datasets, sub-modalities and labels of a manifest, and how many values of each facet datasets and labels have. A
 * label with several meanings has several rows.
 */
export interface ManifestNames extends Dimensions {
  /** By dataset name; datasets without an image are absent. */
  readonly datasetExtents: Readonly<Record<string, NameExtent>>
  /** By label name, over all its meanings; labels without a mask are absent. */
  readonly labelExtents: Readonly<Record<string, NameExtent>>
}

/** All that a page needs for its first paint. The server, or whoever writes static pages, puts it into the HTML. */
export interface FirstAnswers {
  readonly manifest: PageManifest
  readonly names: ManifestNames
  /** Counts of the URL's filter, or null: the page's own engine has to count. */
  readonly filtered: FilteredCounts | null
  /** How to start the command line on this manifest, for commands that a page prints. */
  readonly place: CommandPlace
}

export interface FilteredCounts {
  /** The filter, canonical, as `formatFilter` writes it. */
  readonly key: string
  readonly counts: Counts
}

/** In place of the answers: why there is no manifest, for people. */
export interface FirstProblem {
  readonly problem: string
  readonly place: CommandPlace
}

export type First = FirstAnswers | FirstProblem

/** Whether there are no answers. */
export const isProblem = (first: object): first is FirstProblem => 'problem' in first

/** Where a page is, as far as its first paint depends on it. */
export interface Place {
  /** Path of the URL, percent-encoded, without the base path. */
  readonly path: string
  /** Query string without its question mark. */
  readonly query: string
}

/** The HTML of a page's first paint: what stands in its body before any script runs. */
export type RenderFirst = (first: First, place: Place) => string
