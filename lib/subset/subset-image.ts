import { csvCell } from '../csv'
import type { Axis } from '../manifest/tables'
import type { SplitName } from './recipe'
import type { Rle } from './rle'

/**
 * The images and masks of a subset as the writers get them. There can be millions, so images and masks share an object
 * for their common parts. That object has text that is already escaped for the export formats.
 */

/** The common part of the images of a case and sub-modality. */
export interface SubsetSeries {
  readonly modality: string
  readonly submodality: string
  readonly dataset: string
  readonly caseName: string
  /** Start of the file names of all these images and masks: `ct_00--DATASET--CASE--`. */
  readonly start: string
  /** `start` within a JSON string. */
  readonly jsonStart: string
}

/** The common part of the masks of a label in a dataset. */
export interface SubsetLabel {
  readonly labelId: number
  readonly label: string
  readonly organ: string | null
  readonly region: string | null
  readonly isLesion: boolean
  readonly isUnion: boolean
  readonly classId: string
  /** The label as a JSON string, including quotes. */
  readonly jsonLabel: string
}

/** A mask of a subset. */
export interface SubsetMask {
  readonly of: SubsetLabel
  readonly instance: number
  /** px; null until measured, or if the format does not need it. */
  readonly area: number | null
  /** x0, y0, x1, y1 in px, half-open; null until measured, for an empty mask, or if the format does not need it. */
  readonly box: readonly [number, number, number, number] | null
  /** Pixels of the mask, if the pass needs them. */
  readonly rle?: Rle
}

/** An image of a subset with its selected masks. */
export interface SubsetImage {
  readonly imageId: number
  readonly series: SubsetSeries
  readonly axis: Axis
  /** null only for axis 2d. */
  readonly slice: number | null
  /** End of the file name, before `.png`: `x_0012` or `2d_none`. */
  readonly end: string
  /** px; null until measured. */
  readonly width: number | null
  readonly height: number | null
  /** null without splits. */
  readonly split: SplitName | null
  /** From 1; null for an image in no fold. */
  readonly fold: number | null
  /** Ordered by label id and instance; empty if the pass does not need masks. */
  readonly masks: readonly SubsetMask[]
}

/** Path of an image within the release, in the form of `imageName`. */
export const pathOf = ({ series, end }: SubsetImage): string => `images/${series.start}${end}.png`

/** `pathOf` as a JSON string, including quotes. */
export const jsonPathOf = ({ series, end }: SubsetImage): string =>
  `"images/${series.jsonStart}${end}.png"`

/** Path of a mask within the release, in the form of `maskName`. */
export const maskPathOf = ({ series, end }: SubsetImage, { of, instance }: SubsetMask): string =>
  `masks/${series.start}${end}--${of.classId}_${THREE[instance] ?? instance}.png`

/** `maskPathOf` as a JSON string, including quotes. */
export const jsonMaskPathOf = ({ series, end }: SubsetImage, { of, instance }: SubsetMask) =>
  `"masks/${series.jsonStart}${end}--${of.classId}_${THREE[instance] ?? instance}.png"`

/** The numbers 0 to 999, padded to three digits. Larger numbers need no padding. */
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))
const FOUR = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))

/** `end` of an image. */
export const endOf = (axis: Axis, slice: number | null): string =>
  slice === null ? '2d_none' : `${axis}_${FOUR[slice] ?? slice}`

/** A value as a CSV cell; empty for null. */
export const cellOf = (value: string | number | boolean | null): string =>
  value === null ? '' : csvCell(String(value))
