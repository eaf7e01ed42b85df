import { IMAGE_COLUMNS } from '../manifest/image-attributes'
import { cellFinder, UNKNOWN_BIN } from './cells'
import type { Cube, ImageGroups } from './cube'
import { attributesOf, type Column, numbers } from './cube-of'
import { emptyRows, indexMasks, kindOf, type Rows, UNKNOWN_BYTES } from './rows'

export type RowTable = 'cases' | 'images' | 'masks'

/** The columns that counting needs. */
export const ROW_COLUMNS: Readonly<Record<RowTable, readonly string[]>> = {
  cases: ['patient_id'],
  images: [...IMAGE_COLUMNS, 'label_set_id', 'width', 'height', 'n_masks', 'bytes', 'case_id'],
  masks: ['label_id', 'area', 'area_bin'],
}

type ColumnOf = (name: string) => Column

/** Collects rows in the order of their tables. */
export interface RowLoader {
  /** Add the next rows of a table; `column` returns their values by name. */
  add(table: RowTable, count: number, column: ColumnOf): void
  /** @throws Error if the number of rows is not the expected one. */
  end(): Rows
}

/**
 * Reserve memory for the rows of a manifest.
 *
 * @param cube The manifest's cubes, which have the groups of images.
 * @param labels Number of labels.
 */
export function rowLoader(cube: Cube, labels: number, images: number, masks: number): RowLoader {
  const rows = emptyRows(images, masks, labels)
  const findCells = cellFinder(cube.cells)
  const come = { cases: 0, images: 0, masks: 0 }
  const runs = { first: [] as number[], id: [] as number[] }
  const patients: Uint32Array[] = []
  const put = {
    cases(column: ColumnOf) {
      // A copy, because a view would keep the whole batch in memory.
      patients.push(numbers(column('patient_id'), Uint32Array).slice())
    },
    images(column: ColumnOf, count: number, first: number) {
      const { group, width, height, bytes } = rows.images
      findCells(attributesOf(column), count, group, first)
      const sets = numbers(column('label_set_id'), Uint32Array)
      findGroups(cube.images, sets, group.subarray(first, first + count))
      width.set(numbers(column('width'), Uint16Array, 0), first)
      height.set(numbers(column('height'), Uint16Array, 0), first)
      bytes.set(numbers(column('bytes'), Uint32Array, UNKNOWN_BYTES), first)
      rows.starts.set(numbers(column('n_masks'), Uint16Array), first + 1)
      addRuns(runs, numbers(column('case_id'), Uint32Array), first)
    },
    masks(column: ColumnOf, count: number, first: number) {
      const { kind, area } = rows.masks
      const label = numbers(column('label_id'), Uint16Array)
      const bin = numbers(column('area_bin'), Uint8Array, UNKNOWN_BIN)
      for (let row = 0; row < count; row++)
        kind[first + row] = kindOf(label[row] as number, bin[row] as number)
      area.set(numbers(column('area'), Uint32Array, 0), first)
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
          `${come.images} images and ${come.masks} masks received, but ${images} and ${masks} expected`,
        )
      indexMasks(rows)
      const patient = new Uint32Array(come.cases)
      let at = 0
      for (const some of patients) {
        patient.set(some, at)
        at += some.length
      }
      const cases = { first: Uint32Array.from(runs.first), id: Uint32Array.from(runs.id), patient }
      return { ...rows, cases }
    },
  }
}

function addRuns(runs: { first: number[]; id: number[] }, cases: Uint32Array, first: number) {
  let last = runs.id.at(-1) ?? -1
  for (let image = 0; image < cases.length; image++) {
    const its = cases[image] as number
    if (its === last) continue
    last = its
    runs.first.push(first + image)
    runs.id.push(its)
  }
}

/** Replaces, in place, the cell of each image by its group, with the help of its label set. */
function findGroups({ starts, set }: ImageGroups, sets: Uint32Array, cells: Uint32Array) {
  let lastCell = -1
  let lastSet = -1
  let last = 0
  for (let image = 0; image < cells.length; image++) {
    const cell = cells[image] as number
    const wanted = sets[image] as number
    // Neighbouring images often have the same group.
    if (cell !== lastCell || wanted !== lastSet)
      last = find(set, wanted, starts[cell] as number, starts[cell + 1] as number)
    lastCell = cell
    lastSet = wanted
    cells[image] = last
  }
}

/** Position of a value in a part of an ascending column. */
function find(column: Uint32Array, value: number, start: number, end: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((column[middle] as number) < value) low = middle + 1
    else high = middle
  }
  if (low === end || column[low] !== value)
    throw new RangeError('an image is in no group of the cubes')
  return low
}
