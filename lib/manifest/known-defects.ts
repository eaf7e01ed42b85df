import known from '../../data/known-defects.json' with { type: 'json' }

/** A known issue of files of the public release. */
export interface KnownDefect {
  /** Null: any dataset. */
  readonly dataset: string | null
  /** What has the issue. If masks have it, it concerns only images with such a mask. */
  readonly of: 'image' | 'mask'
  /**
   * Flag of the images concerned, or of all images of the dataset if it is not known which ones; absent if none get a
   * flag.
   */
  readonly flag?: { readonly code: string; readonly title: string }
  /** Part of the ori names of the images concerned; absent for all of the dataset. */
  readonly oriName?: string
  /** Class concerned, four digits as in mask names; absent for all classes. */
  readonly classId?: string
  /** Labels concerned, as in the class map; absent for all labels. */
  readonly labels?: readonly string[]
  /** The facet that has the true value here, while labels keep the names of the release. */
  readonly corrects?: 'side'
  /** How `fetch --fix known` repairs such masks; `swap`: each of the two labels gets the name of the other. */
  readonly fix?: 'invert' | 'leave-out' | 'swap'
  readonly what: string
  readonly source: string
}

/** All of data/known-defects.json. */
export const DEFECTS = known.defects as readonly KnownDefect[]
