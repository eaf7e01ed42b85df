import type { OverlapKind } from '../split/overlap-pairs'
import type { SizeSummary } from '../split/size-summary'
import type { EqualReport } from './equal-pictures.node.ts'
import type { SplitName } from './recipe'
import type { OverlapChoice, SplitPlan } from './split-plan'

/** The algorithm name of splits that were made elsewhere. */
export const PUBLISHED = 'published'

/** What the splits contain, what is in several of them, and how they were made. */
export interface SplitReport {
  /** How images were drawn: the name of the algorithm, or of another source of the splits. */
  readonly algorithm: string
  /** Unit that is never cut. */
  readonly by: SplitPlan['by']
  readonly splits: readonly SplitPart[]
  /** Folds of train; empty without folds. */
  readonly folds: readonly FoldPart[]
  readonly datasets: readonly SplitRow[]
  readonly labels: readonly SplitRow[]
  /** Images beyond all counts. They are in no split and have left the subset. */
  readonly leftOut: number
  /** Patients, cases and groups of exact duplicates (null if unknown) with images in several splits. */
  readonly sharedPatients: number
  /** Shared patients by dataset. */
  readonly sharedPatientsBy: readonly { readonly dataset: string; readonly patients: number }[]
  /** Shared patients, with patients of several datasets counted as one person if their names match. */
  readonly sharedPeople: SharedPeople
  readonly sharedCases: number
  readonly sharedDuplicates: number | null
  /** Datasets for which the patient of a case is unknown. */
  readonly unknownPatients: readonly { readonly dataset: string; readonly cases: number }[]
  readonly overlaps: readonly OverlapReport[]
  /**
   * Patients that must be in the same split because they are linked, largest block first. Single patients are left out.
   */
  readonly blocks: readonly Block[]
  /** Equal pictures that link patients; null if pictures were not compared or do not link patients. */
  readonly equalPictures: EqualReport | null
  /** Datasets that `exclude` removed, and their images. */
  readonly excluded: readonly { readonly dataset: string; readonly images: number }[]
  readonly warnings: readonly string[]
}

/** People with images in several splits. */
export interface SharedPeople {
  readonly people: number
  /** Shared people without a single patient in several splits: only equal names in several datasets suggest a leak. */
  readonly byNamesOnly: number
  /** An example as dataset/patient for each dataset, preferably of a person in several datasets. */
  readonly first: readonly string[]
}

export interface SplitPart {
  readonly split: SplitName
  readonly images: number
  readonly patients: number
  readonly cases: number
  readonly datasets: number
  readonly labels: number
  /** Requested images; null if the plan gives no number. */
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

/** A dataset or label in train, val and test, in this order. */
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
  /** People whose names match in both datasets. */
  readonly people: number
  /** Those of `people` with images in several splits. */
  readonly peopleAcross: number
  /** Whether names leave open which other people are in both. */
  readonly isOpen: boolean
  /** Whether the datasets have images in different splits. */
  readonly isAcross: boolean
}

/** Patients that must be in the same split: of several datasets, or many of the same dataset. */
export interface Block {
  readonly datasets: readonly string[]
  readonly patients: number
  readonly images: number
  /** Part of all images. */
  readonly share: number
  /** Pairs of datasets that hold the block together; empty if only equal pictures or names do. */
  readonly pairs: readonly (readonly string[])[]
  /** Whether some datasets of the block do not overlap directly, but only through others. */
  readonly isChain: boolean
}

/** How the splits were made, for the report. */
export interface HowSplit {
  readonly algorithm: string
  readonly by: SplitPlan['by']
  /** null for splits that were made elsewhere. */
  readonly overlap: OverlapChoice | null
  readonly blocks: readonly Block[]
  readonly equalPictures: EqualReport | null
  readonly excluded: SplitReport['excluded']
  /** Shares of the images that were requested for train, val and test; null if no shares were requested. */
  readonly shares: readonly number[] | null
  /** Splits that should have images. */
  readonly wanted: readonly SplitName[]
  /** Notes at the start of the report. */
  readonly notes: readonly string[]
}
