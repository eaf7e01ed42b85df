import { type CellFacets, type Cube, labelSetsOf, UNKNOWN_BIN } from './cube'

/** A column as a reader hands it over: a typed array, or values with nulls. */
export type Column = ArrayLike<number> | ArrayLike<bigint> | Iterable<number | bigint | null>

/** The tables that make up the cube. */
export const CUBE_TABLES = ['cube_images', 'cube_labels', 'cube_areas', 'label_sets'] as const

/** The cube's tables by the names of their columns. */
export type CubeColumns = Readonly<
  Record<(typeof CUBE_TABLES)[number], Readonly<Record<string, Column>>>
>

/** Columns of the cube's tables → the cube. */
export function cubeOf({ cube_images, cube_labels, cube_areas, label_sets }: CubeColumns): Cube {
  const sets = numbers(cube_images.label_set_id, Uint32Array)
  const setCount = sets.reduce((highest, set) => Math.max(highest, set + 1), 1)
  return {
    images: {
      ...facets(cube_images),
      set: sets,
      images: numbers(cube_images.images, Uint32Array),
      masks: numbers(cube_images.masks, Uint32Array),
      sized: numbers(cube_images.sized_images, Uint32Array),
      bytes: numbers(cube_images.bytes, Float64Array),
    },
    labels: {
      ...facets(cube_labels),
      label: numbers(cube_labels.label_id, Uint16Array),
      images: numbers(cube_labels.images, Uint32Array),
      masks: numbers(cube_labels.masks, Uint32Array),
    },
    areas: {
      ...facets(cube_areas),
      label: numbers(cube_areas.label_id, Uint16Array),
      area: numbers(cube_areas.area_bin, Uint8Array),
      masks: numbers(cube_areas.masks, Uint32Array),
    },
    sets: labelSetsOf(
      numbers(label_sets.label_set_id, Uint32Array),
      numbers(label_sets.label_id, Uint16Array),
      setCount,
    ),
  }
}

const facets = (columns: Readonly<Record<string, Column>>): CellFacets => ({
  dataset: numbers(columns.dataset_id, Uint16Array),
  submodality: numbers(columns.submodality_id, Uint8Array),
  axis: numbers(columns.axis_id, Uint8Array),
  width: numbers(columns.width_bin, Uint8Array),
  height: numbers(columns.height_bin, Uint8Array),
  aspect: numbers(columns.aspect_bin, Uint8Array),
  masksBin: numbers(columns.masks_bin, Uint8Array),
})

interface NumberArray<T> {
  new (values: ArrayLike<number>): T
}

/** A column in the type that counting needs; null becomes `UNKNOWN_BIN`. */
function numbers<T>(column: Column | undefined, type: NumberArray<T>): T {
  if (!column) throw new RangeError('the cube lacks a column')
  const plain = ArrayBuffer.isView(column) && !(column instanceof BigUint64Array)
  if (plain) return new type(column as unknown as ArrayLike<number>)
  const values = Array.from(column as Iterable<number | bigint | null>, value =>
    value === null ? UNKNOWN_BIN : Number(value),
  )
  return new type(values)
}
