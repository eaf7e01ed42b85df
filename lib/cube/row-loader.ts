import { type Cells, cellFinder, UNKNOWN_BIN } from './cells'
import { type Column, facetsOf, numbers } from './cube-of'
import { emptyRows, indexMasks, type Rows, UNKNOWN_BYTES } from './rows'

export type RowTable = 'images' | 'masks'

/** The columns that are counted from, in memory. */
export const ROW_COLUMNS: Readonly<Record<RowTable, readonly string[]>> = {
  images: [
    ...['dataset_id', 'submodality_id', 'axis_id'],
    ...['width_bin', 'height_bin', 'aspect_bin', 'masks_bin'],
    ...['width', 'height', 'n_masks', 'bytes'],
  ],
  masks: ['label_id', 'area', 'area_bin'],
}

type ColumnOf = (name: string) => Column

/** Takes in rows in the order of their tables. */
export interface RowLoader {
  /** The next rows of a table; `column` gives their values by name. */
  add(table: RowTable, count: number, column: ColumnOf): void
  /** @throws Error if other rows came than there is room for. */
  end(): Rows
}

/**
 * Make room for the rows of a manifest.
 *
 * @param cells The cells of its cubes.
 */
export function rowLoader(cells: Cells, images: number, masks: number): RowLoader {
  const rows = emptyRows(images, masks)
  const find = cellFinder(cells)
  const come = { images: 0, masks: 0 }
  const put = {
    images(column: ColumnOf, count: number, first: number) {
      const { cell, width, height, masks, bytes } = rows.images
      find(facetsOf(column), count, cell, first)
      width.set(numbers(column('width'), Uint16Array, 0), first)
      height.set(numbers(column('height'), Uint16Array, 0), first)
      masks.set(numbers(column('n_masks'), Uint16Array), first)
      bytes.set(numbers(column('bytes'), Uint32Array, UNKNOWN_BYTES), first)
    },
    masks(column: ColumnOf, _count: number, first: number) {
      const { label, area, areaBin } = rows.masks
      label.set(numbers(column('label_id'), Uint16Array), first)
      area.set(numbers(column('area'), Uint32Array, 0), first)
      areaBin.set(numbers(column('area_bin'), Uint8Array, UNKNOWN_BIN), first)
    },
  }
  return {
    add(table, count, column) {
      put[table](column, count, come[table])
      come[table] += count
    },
    end() {
      if (come.images !== images || come.masks !== masks)
        throw new Error(
          `${come.images} images and ${come.masks} masks came, ${images} and ${masks} were expected`,
        )
      indexMasks(rows)
      return rows
    },
  }
}
