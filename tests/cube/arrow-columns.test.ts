import { tableFromArrays } from 'apache-arrow'
import { expect, test } from 'vitest'
import { columnsOf } from '../../lib/cube/arrow-columns.browser.ts'
import { CUBE_TABLES, type CubeColumns, cubeOf } from '../../lib/cube/cube-of'
import { browserColumns, columnOf } from '../../lib/manifest/tables'

test('batches are one column after the other', () => {
  const batch = (set: number, labels: number[]) =>
    tableFromArrays({
      label_set_id: Uint32Array.from(labels, () => set),
      label_id: Uint16Array.from(labels),
    })
  const columns = columnsOf('label_sets', [batch(1, [0, 2]), batch(2, [1])])
  expect({
    label_set_id: Array.from(columns.label_set_id as Uint32Array),
    label_id: Array.from(columns.label_id as Uint16Array),
  }).toEqual({
    label_set_id: [1, 1, 2],
    label_id: [0, 2, 1],
  })
})

test('tables without rows make an empty cube', () => {
  const columns = Object.fromEntries(CUBE_TABLES.map(name => [name, columnsOf(name, [])]))
  const cube = cubeOf(columns as CubeColumns)
  expect(cube.cells.dataset).toHaveLength(0)
  expect(cube.areas.masks).toHaveLength(0)
})

test('the cube takes columns in the types of the files', () => {
  // As Parquet's reader hands them over: 32-bit integers, and 64-bit ones as BigInts.
  const plain = (name: (typeof CUBE_TABLES)[number], value: number) =>
    tableFromArrays(
      Object.fromEntries(
        browserColumns(name).map(column => [
          column,
          columnOf(name, column).type === 'BIGINT'
            ? BigInt64Array.of(BigInt(value))
            : Int32Array.of(value),
        ]),
      ),
    )
  const columns = Object.fromEntries(
    CUBE_TABLES.map(name => [name, columnsOf(name, [plain(name, 1)])]),
  )
  const cube = cubeOf(columns as CubeColumns)
  expect(Array.from(cube.images.bytes)).toEqual([1])
  expect(Array.from(cube.labels.label)).toEqual([1])
  expect(Array.from(cube.cells.flags)).toEqual([1])
})
