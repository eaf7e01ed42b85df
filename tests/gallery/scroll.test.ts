import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  contentOffset,
  MAX_HEIGHT,
  scrollHeight,
  scrollOffset,
} from '../../lib/gallery/scroll-space'
import { AT_TOP, offsetOf, scrolled, scrolledTo, settled } from '../../lib/gallery/scroll-state'

const spaces = fc.record({
  content: fc.oneof(fc.integer({ min: 1, max: 3e7 }), fc.integer({ min: 7e6, max: 1e9 })),
  viewport: fc.integer({ min: 1, max: 3000 }),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('the scroll bar reaches both ends and never runs backwards', () => {
  fc.assert(
    fc.property(spaces, share, share, (space, a, b) => {
      const end = Math.max(0, scrollHeight(space) - space.viewport)
      const last = Math.max(0, space.content - space.viewport)
      expect(scrollHeight(space)).toBeLessThanOrEqual(MAX_HEIGHT)
      expect(contentOffset(space, 0)).toBe(0)
      expect(contentOffset(space, end)).toBe(last)
      const [low, high] = [Math.min(a, b) * end, Math.max(a, b) * end]
      expect(contentOffset(space, high)).toBeGreaterThanOrEqual(contentOffset(space, low))
    }),
  )
})

test('every offset of the content has its place on the scroll bar', () => {
  fc.assert(
    fc.property(spaces, share, (space, at) => {
      const offset = at * Math.max(0, space.content - space.viewport)
      expect(contentOffset(space, scrollOffset(space, offset))).toBeCloseTo(offset, 3)
    }),
  )
})

test('small moves scroll one to one wherever they are, and resting moves nothing', () => {
  fc.assert(
    fc.property(spaces, share, fc.integer({ min: -500, max: 500 }), (space, at, by) => {
      const last = Math.max(0, space.content - space.viewport)
      const start = scrolledTo(Math.round(at * last), space)
      expect(offsetOf(start)).toBe(Math.round(at * last))
      const moved = scrolled(start, start.scrollTop + by, space)
      const inside = offsetOf(start) + by >= 0 && offsetOf(start) + by <= last
      if (inside && Math.abs(by) <= 4 * space.viewport)
        expect(offsetOf(moved) - offsetOf(start)).toBe(by)
      expect(Math.abs(offsetOf(settled(moved, space)) - offsetOf(moved))).toBeLessThan(1)
    }),
  )
})

test('the scroll bar jumps, and the wheel goes on to the last row', () => {
  const space = { content: 500_000_000, viewport: 800 }
  const end = MAX_HEIGHT - 800
  const middle = scrolled(AT_TOP, end / 2, space)
  expect(offsetOf(middle)).toBeCloseTo((500_000_000 - 800) / 2, -1)
  let state = scrolledTo(499_990_000, space)
  for (let i = 0; i < 200; i++)
    state = settled(scrolled(state, Math.min(state.scrollTop + 100, end), space), space)
  expect(state).toEqual({ scrollTop: end, shift: MAX_HEIGHT - 500_000_000 })
})
