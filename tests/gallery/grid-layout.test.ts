import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GridLayout, groupedLayout, plainLayout } from '../../lib/gallery/grid-layout'
import { moveFocus } from '../../lib/gallery/move-focus'

const shapes = fc.record({
  columns: fc.integer({ min: 1, max: 9 }),
  rowHeight: fc.integer({ min: 20, max: 400 }),
  headHeight: fc.integer({ min: 1, max: 60 }),
})
const layouts = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 5000 }), shapes)
    .map(([count, shape]) => plainLayout(count, shape)),
  fc
    .tuple(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), shapes)
    .map(([sizes, shape]) => {
      let at = 0
      const starts = sizes.map(size => {
        at += size
        return at - size
      })
      return groupedLayout(Uint32Array.from(starts), at, shape)
    }),
)

const rowsOf = (layout: GridLayout) => Array.from({ length: layout.rows }, (_, i) => layout.row(i))

describe('any layout', () => {
  test('rows follow each other without a gap and hold every picture once', () => {
    fc.assert(
      fc.property(layouts, layout => {
        let top = 0
        let next = 0
        for (const row of rowsOf(layout)) {
          expect(row.top).toBe(top)
          expect(row.first).toBe(next)
          top += row.height
          if (row.kind === 'head') continue
          expect(row.count).toBeGreaterThan(0)
          expect(row.count).toBeLessThanOrEqual(layout.columns)
          next += row.count
        }
        expect([top, next]).toEqual([layout.height, layout.count])
      }),
    )
  })

  test('an offset finds its row, and a picture the row that holds it', () => {
    fc.assert(
      fc.property(layouts, fc.double({ min: 0, max: 1, noNaN: true }), (layout, share) => {
        const offset = share * (layout.height - 0.001)
        const row = layout.row(layout.rowAt(offset))
        expect(row.top).toBeLessThanOrEqual(offset)
        expect(row.top + row.height).toBeGreaterThan(offset)
        const picture = Math.floor(share * (layout.count - 1))
        const held = layout.row(layout.rowOf(picture))
        expect(held.kind).toBe('pictures')
        expect(picture - held.first).toBeGreaterThanOrEqual(0)
        expect(picture - held.first).toBeLessThan(held.count)
      }),
    )
    const layout = plainLayout(10, { columns: 3, rowHeight: 10, headHeight: 0 })
    expect([layout.rowAt(-5), layout.rowAt(1e9)]).toEqual([0, 3])
  })

  test('every key leads to a picture, and back and forth to the same one', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']
    fc.assert(
      fc.property(layouts, fc.nat(), fc.constantFrom(...keys, 'Home', 'End'), (layout, n, key) => {
        const from = n % layout.count
        const to = moveFocus(layout, from, key, 3)
        expect(to).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThan(layout.count)
        if (key === 'ArrowDown' || key === 'PageDown' || key === 'End')
          expect(to).toBeGreaterThanOrEqual(from)
        if (key === 'ArrowUp' || key === 'PageUp') expect(to).toBeLessThanOrEqual(from)
      }),
    )
  })
})

test('arrows keep their column, past headings and into short rows', () => {
  // A heading, 0 1 2, 3 4; a heading, 5 6 7.
  const shape = { columns: 3, rowHeight: 100, headHeight: 30 }
  const layout = groupedLayout(Uint32Array.of(0, 5), 8, shape)
  const go = (from: number, key: string) => moveFocus(layout, from, key, 2)
  expect(rowsOf(layout).map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    'head 5',
    'pictures 3',
    'pictures 2',
    'head 3',
    'pictures 3',
  ])
  expect([go(2, 'ArrowDown'), go(4, 'ArrowDown'), go(6, 'ArrowUp')]).toEqual([4, 6, 4])
  expect([go(1, 'ArrowUp'), go(5, 'ArrowDown'), go(0, 'ArrowLeft')]).toEqual([0, 7, 0])
  expect([go(0, 'End'), go(7, 'Home'), go(0, 'x')]).toEqual([7, 0, null])
})
