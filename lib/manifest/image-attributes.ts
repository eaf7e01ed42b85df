import { ASPECT_BINS, ASPECT_SQL, type Bins, MASK_COUNT_BINS, SIZE_BINS } from './bins'
import {
  aspectBin,
  axisId,
  type Column,
  datasetId,
  flags,
  heightBin,
  masksBin,
  type NarrowType,
  submodalityId,
  widthBin,
} from './columns'

/** An attribute of which every image has one value. Images, masks and cubes have a column for it. */
export interface ImageAttribute {
  /** Name of the column. */
  readonly column: string
  /** Definition of the column; `loadAs` is the type of the values in memory. */
  readonly definition: Column & { readonly loadAs: NarrowType }
  /**
   * Bits that distinguish the values in the key of a cell. NULL of a nullable column is one more value, with all bits
   * set.
   */
  readonly bits: number
  /** For a number that is stored as a bin: the bins, and SQL over images for the number, NULL if unknown. */
  readonly bins?: Bins
  readonly number?: string
  /** Values that the format fixes; their positions are the ids. */
  readonly values?: readonly string[]
}

/** Typed arrays that hold a column. */
const ARRAYS = {
  UTINYINT: Uint8Array,
  USMALLINT: Uint16Array,
  UINTEGER: Uint32Array,
} as const satisfies Record<NarrowType, unknown>

/**
 * The one registry of image attributes. Columns of tables, cells of the cubes, keys, SQL and checks
 * follow from it; the order is that of the cubes' columns. `IMAGE_ATTRIBUTE_OF` (lib/filter) says which
 * facets select by which of them.
 */
export const IMAGE_ATTRIBUTES = {
  dataset: { column: 'dataset_id', definition: datasetId, bits: 16 },
  submodality: { column: 'submodality_id', definition: submodalityId, bits: 8 },
  axis: { column: 'axis_id', definition: axisId, bits: 3, values: ['x', 'y', 'z', '2d'] },
  width: { column: 'width_bin', definition: widthBin, bits: 5, bins: SIZE_BINS, number: 'width' },
  height: {
    column: 'height_bin',
    definition: heightBin,
    bits: 5,
    bins: SIZE_BINS,
    number: 'height',
  },
  aspect: {
    column: 'aspect_bin',
    definition: aspectBin,
    bits: 5,
    bins: ASPECT_BINS,
    number: ASPECT_SQL,
  },
  masks: {
    column: 'masks_bin',
    definition: masksBin,
    bits: 5,
    bins: MASK_COUNT_BINS,
    number: 'n_masks',
  },
  flags: { column: 'flags', definition: flags, bits: 32 },
} as const satisfies Record<string, ImageAttribute>

type Attributes = typeof IMAGE_ATTRIBUTES
export type ImageAttributeName = keyof Attributes

/** Names of the columns. */
export type ImageColumn = Attributes[ImageAttributeName]['column']

/** The attributes that are stored as bins; filters ask for ranges of them. */
export type BinnedAttribute = {
  [Name in ImageAttributeName]: Attributes[Name] extends { bins: Bins } ? Name : never
}[ImageAttributeName]

/** The attributes whose values the format fixes. */
export type FixedAttribute = {
  [Name in ImageAttributeName]: Attributes[Name] extends { values: readonly string[] }
    ? Name
    : never
}[ImageAttributeName]

/** A value of an attribute with fixed values. */
export type FixedValue<Name extends FixedAttribute> = Attributes[Name]['values'][number]

/** In the order of the cubes' columns. */
export const IMAGE_ATTRIBUTE_NAMES = Object.keys(IMAGE_ATTRIBUTES) as ImageAttributeName[]

export const BINNED_ATTRIBUTES = IMAGE_ATTRIBUTE_NAMES.filter(
  (name): name is BinnedAttribute => 'bins' in IMAGE_ATTRIBUTES[name],
)

export const IMAGE_COLUMNS: readonly ImageColumn[] = IMAGE_ATTRIBUTE_NAMES.map(
  name => IMAGE_ATTRIBUTES[name].column,
)

/** An object with one value for each attribute. */
export const forEachAttribute = <Value>(
  make: (name: ImageAttributeName) => Value,
): Record<ImageAttributeName, Value> =>
  Object.fromEntries(IMAGE_ATTRIBUTE_NAMES.map(name => [name, make(name)])) as Record<
    ImageAttributeName,
    Value
  >

/** The columns by name, as tables define them. */
export const imageColumns = Object.fromEntries(
  IMAGE_ATTRIBUTE_NAMES.map(name => [
    IMAGE_ATTRIBUTES[name].column,
    IMAGE_ATTRIBUTES[name].definition,
  ]),
) as Record<ImageColumn, Column>

/** Values of an attribute in memory. */
export type AttributeArray = Uint8Array | Uint16Array | Uint32Array

export interface AttributeArrayType {
  new (values: ArrayLike<number>): AttributeArray
}

/** The type of array that holds an attribute's values. */
export const arrayTypeOf = (name: ImageAttributeName): AttributeArrayType =>
  ARRAYS[IMAGE_ATTRIBUTES[name].definition.loadAs]
