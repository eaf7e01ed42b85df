import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newFlight } from '../../components/gallery/flight'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const frame = (flight: ReturnType<typeof newFlight>, offset: number) => {
  vi.advanceTimersByTime(16)
  flight.moved(offset, 900)
}

test('nothing waits at rest, or while scrolling at a speed at which one looks', () => {
  const flight = newFlight()
  const call = vi.fn()
  flight.whenLanded(call)
  expect(call).toHaveBeenCalledTimes(1)
  for (let step = 0; step < 10; step++) frame(flight, step * 20)
  flight.whenLanded(call)
  expect(call).toHaveBeenCalledTimes(2)
})

test('what flies past waits until the flight is over, and not for ever', () => {
  const flight = newFlight()
  const call = vi.fn()
  for (let step = 0; step < 10; step++) frame(flight, step * 200)
  flight.whenLanded(call)
  for (let step = 10; step < 20; step++) frame(flight, step * 200)
  expect(call).not.toHaveBeenCalled()
  // Slow scrolling goes on.
  for (let step = 0; step < 10; step++) frame(flight, 4000 + step)
  expect(call).toHaveBeenCalledTimes(1)
})

test('what has gone is not called', () => {
  const flight = newFlight()
  const call = vi.fn()
  frame(flight, 0)
  frame(flight, 900)
  flight.whenLanded(call)()
  vi.advanceTimersByTime(1000)
  expect(call).not.toHaveBeenCalled()
})
