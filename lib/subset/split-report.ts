import type { OverlapKind } from '../split/overlap-pairs'
import type { SizeSummary } from '../split/size-summary'
import type { EqualReport } from './equal-pictures.node.ts'
import type { SplitName } from './recipe'
import type { OverlapChoice, SplitPlan } from './split-plan'

/** The algorithm of splits that somebody else made. */
export const PUBLISHED = 'published'

/** What is in the splits, what is in several of them, and how it came about. */
export interface SplitReport {
  /** How images were drawn: the name of the way, or what else gave the splits. */
  readonly algorithm: string
  /** What is in one split as a whole. */
  readonly by: SplitPlan['by']
  readonly splits: readonly SplitPart[]
  /** Folds of train; empty without. */
  readonly folds: readonly FoldPart[]
  readonly datasets: readonly SplitRow[]
  readonly labels: readonly SplitRow[]
  /** Images beyond all counts: in no split, and no longer in the subset. */
  readonly leftOut: number
  /** Patients, cases and groups of exact duplicates (null if unknown) with images in several splits. */
  readonly sharedPatients: number
  /** Their datasets. */
  readonly sharedPatientsBy: readonly { readonly dataset: string; readonly patients: number }[]
  /** The same, with patients of several datasets whose names match as one. */
  readonly sharedPeople: SharedPeople
  readonly sharedCases: number
  readonly sharedDuplicates: number | null
  /** Datasets of which it is not known which cases are one patient. */
  readonly unknownPatients: readonly { readonly dataset: string; readonly cases: number }[]
  readonly overlaps: readonly OverlapReport[]
  /** What is in one split because it hangs together, where that is more than a single patient; largest first. */
  readonly blocks: readonly Block[]
  /** Equal pictures that tie patients; null where pictures were not compared or do not tie. */
  readonly equalPictures: EqualReport | null
  /** Datasets that `exclude` left out, and their images. */
  readonly excluded: readonly { readonly dataset: string; readonly images: number }[]
  readonly warnings: readonly string[]
}

/** People with images in several splits. */
export interface SharedPeople {
  readonly people: number
  /** Those of them of whom no patient is in several splits: only their names in several datasets say so. */
  readonly byNamesOnly: number
  /** One of them, as dataset/patient in each dataset; one of several datasets if there is any. */
  readonly first: readonly string[]
}

export interface SplitPart {
  readonly split: SplitName
  readonly images: number
  readonly patients: number
  readonly cases: number
  readonly datasets: number
  readonly labels: number
  /** Images that were asked for; null where they were not counted. */
  readonly asked: number | null
  /** null for an empty split. */
  readonly imagesPerPatient: SizeSummary | null
}

export interface FoldPart {
  /** From 1. */
  readonly fold: number
  readonly images: number
  readonly patients: number
}

/** A dataset or label over train, val and test, in this order. */
export interface SplitRow {
  readonly name: string
  readonly patients: readonly number[]
  readonly images: readonly number[]
}

/** Two datasets of the subset that may share people. */
export interface OverlapReport {
  readonly datasets: readonly string[]
  readonly kind: OverlapKind
  readonly evidence: string
  readonly source: string
  /** People who are in both by their names. */
  readonly people: number
  /** Those of them who have images in several splits. */
  readonly peopleAcross: number
  /** Whether names leave it open who else is. */
  readonly isOpen: boolean
  /** Whether the datasets have images in different splits. */
  readonly isAcross: boolean
}

/** Patients of several datasets, or many of one, that must be in one split. */
export interface Block {
  readonly datasets: readonly string[]
  readonly patients: number
  readonly images: number
  /** Of all images. */
  readonly share: number
  /** The pairs of datasets that hold it together; empty if only equal pictures or names do. */
  readonly pairs: readonly (readonly string[])[]
  /** Whether some datasets of it are no pair, and only others join them. */
  readonly isChain: boolean
}

/** How the splits came about, for the report. */
export interface HowSplit {
  readonly algorithm: string
  readonly by: SplitPlan['by']
  /** null for splits that somebody else made. */
  readonly overlap: OverlapChoice | null
  readonly blocks: readonly Block[]
  readonly equalPictures: EqualReport | null
  readonly excluded: SplitReport['excluded']
  /** Of the images, asked for train, val and test; null where no shares were asked. */
  readonly shares: readonly number[] | null
  /** Splits that are to have images. */
  readonly wanted: readonly SplitName[]
  /** Said first. */
  readonly notes: readonly string[]
}
