import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitZoom, panned, type Size, zoomAround } from '../../lib/gallery/zoom'

const size = fc.record({
  width: fc.integer({ min: 8, max: 4000 }),
  height: fc.integer({ min: 8, max: 4000 }),
})
const number = fc.double({ min: -3000, max: 3000, noNaN: true })

test('a fitted picture is whole, in the middle and not stretched', () => {
  const picture: Size = { width: 400, height: 100 }
  expect(fitZoom(picture, { width: 200, height: 200 })).toEqual({ scale: 0.5, x: 0, y: 75 })
  expect(fitZoom(picture, { width: 0, height: 0 }).scale).toBe(1)
})

test('the point under the pointer stays while the picture is larger than the stage', () => {
  const picture = { width: 1000, height: 1000 }
  const stage = { width: 500, height: 400 }
  const start = zoomAround(fitZoom(picture, stage), 5, { x: 250, y: 200 }, picture, stage)
  const around = { x: 120, y: 333 }
  const next = zoomAround(start, 1.7, around, picture, stage)
  for (const axis of ['x', 'y'] as const)
    expect((around[axis] - next[axis]) / next.scale).toBeCloseTo(
      (around[axis] - start[axis]) / start.scale,
      9,
    )
})

test('no wheel and no drag loses the picture', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ factor: fc.double({ min: 0.01, max: 100, noNaN: true }), x: number, y: number }),
      fc.record({ x: number, y: number }),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(size, size, steps, (picture, stage, steps) => {
      let zoom = fitZoom(picture, stage)
      for (const step of steps)
        zoom =
          'factor' in step
            ? zoomAround(zoom, step.factor, step, picture, stage)
            : panned(zoom, step, picture, stage)
      for (const [offset, side, room] of [
        [zoom.x, picture.width * zoom.scale, stage.width],
        [zoom.y, picture.height * zoom.scale, stage.height],
      ] as const) {
        if (side <= room) expect(offset).toBeCloseTo((room - side) / 2, 6)
        else {
          expect(offset).toBeLessThanOrEqual(1e-6)
          expect(offset + side).toBeGreaterThanOrEqual(room - 1e-6)
        }
      }
    }),
  )
})
