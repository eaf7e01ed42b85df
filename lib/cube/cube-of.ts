import { CUBES } from '../manifest/cube-tables'
import { arrayTypeOf, forEachAttribute, IMAGE_ATTRIBUTES } from '../manifest/image-attributes'
import { byCell } from './by-cell'
import { type AttributeColumns, cellCollector, UNKNOWN_BIN } from './cells'
import type { Cube } from './cube'
import { labelSetsOf } from './label-sets'

type PlainColumn = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

/** A column as readers return it: a typed array, or values with nulls. */
export type Column =
  | PlainColumn
  | ArrayLike<number>
  | ArrayLike<bigint>
  | Iterable<number | bigint | null>

/** The tables that make up the cube. */
export const CUBE_TABLES = Object.keys(CUBES) as (keyof typeof CUBES)[]

/** The cube's tables by the names of their columns. */
export type CubeColumns = Readonly<
  Record<(typeof CUBE_TABLES)[number], Readonly<Record<string, Column>>>
>

/** Columns of the cube's tables → the cube. */
export function cubeOf({ cube_images, cube_labels, cube_areas, label_sets }: CubeColumns): Cube {
  const collector = cellCollector()
  const cellsOf = (columns: Readonly<Record<string, Column>>) => {
    const attributes = attributesOf(name => columns[name])
    const ids = new Uint32Array(attributes.dataset.length)
    collector.find(attributes, ids.length, ids, 0)
    return ids
  }
  const cellOfRow = {
    images: cellsOf(cube_images),
    labels: cellsOf(cube_labels),
    areas: cellsOf(cube_areas),
  }
  const cells = collector.cells()
  const groups = byCell(cellOfRow.images, cells.dataset.length)
  const labels = byCell(cellOfRow.labels, cells.dataset.length)
  const areas = byCell(cellOfRow.areas, cells.dataset.length)
  const set = numbers(cube_images.label_set_id, Uint32Array)
  const sets = labelSetsOf(
    numbers(label_sets.label_set_id, Uint32Array),
    numbers(label_sets.label_id, Uint16Array),
    set.reduce((highest, id) => Math.max(highest, id + 1), 1),
  )
  return {
    cells,
    images: {
      starts: groups.starts,
      cell: groups.arrange(cellOfRow.images),
      set: groups.arrange(set),
      images: groups.arrange(numbers(cube_images.images, Uint32Array)),
      masks: groups.arrange(numbers(cube_images.masks, Uint32Array)),
      sized: groups.arrange(numbers(cube_images.sized_images, Uint32Array)),
      bytes: groups.arrange(numbers(cube_images.bytes, Float64Array)),
    },
    labels: {
      starts: labels.starts,
      label: labels.arrange(numbers(cube_labels.label_id, Uint16Array)),
      images: labels.arrange(numbers(cube_labels.images, Uint32Array)),
      masks: labels.arrange(numbers(cube_labels.masks, Uint32Array)),
    },
    areas: {
      starts: areas.starts,
      label: areas.arrange(numbers(cube_areas.label_id, Uint16Array)),
      area: areas.arrange(numbers(cube_areas.area_bin, Uint8Array)),
      masks: areas.arrange(numbers(cube_areas.masks, Uint32Array)),
    },
    sets,
  }
}

/** The image attributes of a table, by its columns' names. */
export const attributesOf = (column: (name: string) => Column | undefined): AttributeColumns =>
  forEachAttribute(name => numbers(column(IMAGE_ATTRIBUTES[name].column), arrayTypeOf(name)))

interface NumberArray<T> {
  new (values: ArrayLike<number>): T
}

/**
 * A column in the type that counting needs; nulls become `unknown`. A column that already has this type is returned
 * as it is, and shares the memory that it was read into.
 */
export function numbers<T>(
  column: Column | undefined,
  type: NumberArray<T>,
  unknown: number = UNKNOWN_BIN,
): T {
  if (!column) throw new RangeError('a column that counting needs is missing from the cubes')
  if (column instanceof type) return column
  if (isPlain(column)) return new type(column)
  const values = Array.from<number | bigint | null, number>(column, value =>
    value === null ? unknown : Number(value),
  )
  return new type(values)
}

/** Whether a column is a typed array of numbers. */
const isPlain = (column: Column): column is PlainColumn =>
  ArrayBuffer.isView(column) &&
  !(column instanceof BigInt64Array || column instanceof BigUint64Array)
