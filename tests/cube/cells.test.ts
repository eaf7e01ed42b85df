import { describe, expect, test } from 'vitest'
import { type AttributeColumns, cellCollector, cellFinder, UNKNOWN_BIN } from '../../lib/cube/cells'
import {
  arrayTypeOf,
  BINNED_ATTRIBUTES,
  forEachAttribute,
  IMAGE_ATTRIBUTE_NAMES,
  IMAGE_ATTRIBUTES,
  type ImageAttribute,
  type ImageAttributeName,
} from '../../lib/manifest/image-attributes'

/** Rows as columns; what a row does not say is 0. */
const columnsOf = (
  rows: readonly Readonly<Partial<Record<ImageAttributeName, number>>>[],
): AttributeColumns =>
  forEachAttribute(name => new (arrayTypeOf(name))(rows.map(row => row[name] ?? 0)))

/** All values that an attribute can have in a manifest, or the smallest and the largest ones. */
function valuesOf(name: ImageAttributeName): number[] {
  const binned = BINNED_ATTRIBUTES.find(one => one === name)
  if (binned) return [...IMAGE_ATTRIBUTES[binned].bins.edges.keys(), UNKNOWN_BIN]
  const attribute: ImageAttribute = IMAGE_ATTRIBUTES[name]
  const { values, definition } = attribute
  if (values) return [...values.keys(), ...(definition.nullable ? [UNKNOWN_BIN] : [])]
  const highest = { UTINYINT: 2 ** 8, USMALLINT: 2 ** 16, UINTEGER: 2 ** 32 }
  const end = highest[definition.loadAs]
  return [0, 1, 2, end / 2 - 1, end / 2, end - 2, end - 1]
}

describe.each(IMAGE_ATTRIBUTE_NAMES)('%s', name => {
  test('images that differ in nothing else are in cells of their own', () => {
    const values = valuesOf(name)
    const columns = columnsOf(values.map(value => ({ [name]: value })))
    const { find, cells } = cellCollector()
    const ids = new Uint32Array(values.length)
    find(columns, values.length, ids, 0)
    expect([...ids]).toEqual([...values.keys()])
    expect([...cells()[name]]).toEqual(values)
    const found = new Uint32Array(values.length)
    cellFinder(cells())(columns, values.length, found, 0)
    expect(found).toEqual(ids)
  })

  test('no value is taken for one of another attribute', () => {
    const rows = IMAGE_ATTRIBUTE_NAMES.flatMap(one =>
      valuesOf(one).map(value => ({ [name]: valuesOf(name).at(-1), [one]: value })),
    )
    const { find, cells } = cellCollector()
    const ids = new Uint32Array(rows.length)
    find(columnsOf(rows), rows.length, ids, 0)
    const distinct = new Set(
      rows.map(row => IMAGE_ATTRIBUTE_NAMES.map(one => row[one] ?? 0).join(' ')),
    )
    expect(cells()[name]).toHaveLength(distinct.size)
    expect(new Set(ids).size).toBe(distinct.size)
  })
})

test('rows of many blocks get the cells of their values, from a position on', () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => ({ dataset: row % 7, flags: row % 3 }))
  const { find, cells } = cellCollector()
  const ids = new Uint32Array(rows.length + 5)
  find(columnsOf(rows), rows.length, ids, 5)
  expect(cells().dataset).toHaveLength(21)
  expect(rows.map((_, row) => cells().dataset[ids[row + 5]!])).toEqual(rows.map(r => r.dataset))
  expect(rows.map((_, row) => cells().flags[ids[row + 5]!])).toEqual(rows.map(r => r.flags))
})

test('an image in no cell of the cubes is refused', () => {
  const { find, cells } = cellCollector()
  find(columnsOf([{ dataset: 1 }]), 1, new Uint32Array(1), 0)
  const inNone = columnsOf([{ dataset: 1 }, { dataset: 1, masks: 1 }])
  expect(() => cellFinder(cells())(inNone, 2, new Uint32Array(2), 0)).toThrow(
    'an image is in no cell of the cubes',
  )
})
