import { tableFromArrays } from 'apache-arrow'
import { expect, test } from 'vitest'
import { columnsOf } from '../../lib/cube/arrow-columns.browser.ts'
import { CUBE_TABLES, type CubeColumns, cubeOf } from '../../lib/cube/cube-of'

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
