import known from '../../data/known-defects.json' with { type: 'json' }

/** Something wrong with files of the public release. */
export interface KnownDefect {
  /** Null: any dataset. */
  readonly dataset: string | null
  /** What is wrong; of masks, only images that have such a mask are concerned. */
  readonly of: 'image' | 'mask'
  /** Of the images concerned, or of all of a dataset if it is not known which; absent: of none. */
  readonly flag?: { readonly code: string; readonly title: string }
  /** Part of the ori name of the images concerned; absent: all of the dataset. */
  readonly oriName?: string
  /** Class concerned, four digits as in mask names; absent: all of them. */
  readonly classId?: string
  /** Labels concerned, raw names; absent: all of them. */
  readonly labels?: readonly string[]
  /** The facet that has the true value here, while labels keep the names of the release. */
  readonly corrects?: 'side'
  readonly what: string
  readonly source: string
}

/** All of data/known-defects.json. */
export const DEFECTS = known.defects as readonly KnownDefect[]
