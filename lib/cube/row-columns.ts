import { UNKNOWN_BIN } from './cube'
import type { Column } from './cube-of'
import { type Rows, UNKNOWN_BYTES } from './rows'

export type RowTable = 'images' | 'masks'

type NumberArray = Uint8Array | Uint16Array | Uint32Array

/** Where each column of the tables goes, and what stands for NULL in it. */
const PLACES: Record<
  RowTable,
  Readonly<Record<string, { of: (rows: Rows) => NumberArray; unknown?: number }>>
> = {
  images: {
    dataset_id: { of: rows => rows.images.dataset },
    submodality_id: { of: rows => rows.images.submodality },
    axis_id: { of: rows => rows.images.axis },
    width: { of: rows => rows.images.width, unknown: 0 },
    height: { of: rows => rows.images.height, unknown: 0 },
    aspect_bin: { of: rows => rows.images.aspect, unknown: UNKNOWN_BIN },
    n_masks: { of: rows => rows.images.masks },
    bytes: { of: rows => rows.images.bytes, unknown: UNKNOWN_BYTES },
  },
  masks: {
    label_id: { of: rows => rows.masks.label },
    area: { of: rows => rows.masks.area, unknown: 0 },
    area_bin: { of: rows => rows.masks.areaBin, unknown: UNKNOWN_BIN },
  },
}

/** The columns that are counted from, in memory. */
export const ROW_COLUMNS: Readonly<Record<RowTable, readonly string[]>> = {
  images: Object.keys(PLACES.images),
  masks: Object.keys(PLACES.masks),
}

/**
 * Put some values of a column in their place, from a row on.
 *
 * @throws RangeError if the rows have no room for them.
 */
export function setColumn(
  rows: Rows,
  table: RowTable,
  name: string,
  column: Column,
  first: number,
): void {
  const place = PLACES[table][name]
  if (!place) return
  const target = place.of(rows)
  if (ArrayBuffer.isView(column)) {
    target.set(column as unknown as NumberArray, first)
    return
  }
  let row = first
  for (const value of column as Iterable<number | bigint | null>) {
    if (row >= target.length) throw new RangeError(`${table} has more rows than are listed`)
    target[row++] = value === null ? (place.unknown ?? 0) : Number(value)
  }
}
