import { csvCell } from '../csv'
import type { Axis } from '../manifest/tables'
import type { SplitName } from './recipe'
import type { Rle } from './rle'

/**
 * The images and masks of a subset as the writers get them, by the million: what many of them share is
 * one object, with its text already escaped as the export formats need it.
 */

/** What the images of one case and sub-modality share. */
export interface SubsetSeries {
  readonly modality: string
  readonly submodality: string
  readonly dataset: string
  readonly caseName: string
  /** Start of the names of all its files, within their folder: `ct_00--DATASET--CASE--`. */
  readonly start: string
  /** The same within a JSON string. */
  readonly jsonStart: string
}

/** What the masks of one label in one dataset share. */
export interface SubsetLabel {
  readonly labelId: number
  readonly label: string
  readonly organ: string | null
  readonly region: string | null
  readonly isLesion: boolean
  readonly isUnion: boolean
  readonly classId: string
  /** The label as a JSON string, quotes included. */
  readonly jsonLabel: string
}

/** One mask of a subset. */
export interface SubsetMask {
  readonly of: SubsetLabel
  readonly instance: number
  /** px; null until measured, or where a format does not need it. */
  readonly area: number | null
  /**
   * x0, y0, x1, y1 in px, half-open; null until measured, for an empty mask, or where a format does not need it.
   */
  readonly box: readonly [number, number, number, number] | null
  /** Its pixels, where a pass asks for them. */
  readonly rle?: Rle
}

/** One image of a subset with its selected masks. */
export interface SubsetImage {
  readonly imageId: number
  readonly series: SubsetSeries
  readonly axis: Axis
  /** null exactly for axis 2d. */
  readonly slice: number | null
  /** End of its name, before `.png`: `x_0012` or `2d_none`. */
  readonly end: string
  /** px; null until measured. */
  readonly width: number | null
  readonly height: number | null
  /** null without splits. */
  readonly split: SplitName | null
  /** From 1; null for an image of no fold. */
  readonly fold: number | null
  /** By label id and instance; empty where a pass does not ask for masks. */
  readonly masks: readonly SubsetMask[]
}

/** Path of an image within the release, as `imageName` writes it. */
export const pathOf = ({ series, end }: SubsetImage): string => `images/${series.start}${end}.png`

/** The same as a JSON string, quotes included. */
export const jsonPathOf = ({ series, end }: SubsetImage): string =>
  `"images/${series.jsonStart}${end}.png"`

/** Path of a mask within the release, as `maskName` writes it. */
export const maskPathOf = ({ series, end }: SubsetImage, { of, instance }: SubsetMask): string =>
  `masks/${series.start}${end}--${of.classId}_${THREE[instance] ?? instance}.png`

/** The same as a JSON string, quotes included. */
export const jsonMaskPathOf = ({ series, end }: SubsetImage, { of, instance }: SubsetMask) =>
  `"masks/${series.jsonStart}${end}--${of.classId}_${THREE[instance] ?? instance}.png"`

/** Numbers with leading zeros, up to the one that needs none. */
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))
const FOUR = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))

/** `end` of an image. */
export const endOf = (axis: Axis, slice: number | null): string =>
  slice === null ? '2d_none' : `${axis}_${FOUR[slice] ?? slice}`

/** A value as a cell of CSV; what is unknown is empty. */
export const cellOf = (value: string | number | boolean | null): string =>
  value === null ? '' : csvCell(String(value))
