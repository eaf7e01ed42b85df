import { createContext } from 'react'

/** What scrolls through a whole window in less time is not looked at. */
const WINDOW_MS = 400

/** A flight is over when nothing has gone that fast for so long. */
const LANDED_MS = 80

/** Fast scrolling, during which pictures are not worth asking for. */
export interface Flight {
  /**
   * Tell where scrolling has got to.
   *
   * @param offset px of the content above the window.
   * @param viewport px of the window.
   */
  readonly moved: (offset: number, viewport: number) => void
  /** Calls once, now or when the flight is over; the answer stops waiting. */
  readonly whenLanded: (call: () => void) => () => void
}

/** A flight that begins and ends by the speed that it is told of. */
export function newFlight(now: () => number = () => performance.now()): Flight {
  const waiting = new Set<() => void>()
  let last: { offset: number; time: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const land = () => {
    timer = undefined
    const calls = [...waiting]
    waiting.clear()
    for (const call of calls) call()
  }
  return {
    moved(offset, viewport) {
      const time = now()
      const px = last ? Math.abs(offset - last.offset) : 0
      const ms = last ? time - last.time : 0
      last = { offset, time }
      if (px * WINDOW_MS <= ms * viewport) return
      clearTimeout(timer)
      timer = setTimeout(land, LANDED_MS)
    },
    whenLanded(call) {
      if (timer === undefined) {
        call()
        return () => {}
      }
      waiting.add(call)
      return () => waiting.delete(call)
    },
  }
}

/** Where nothing scrolls, nothing waits. */
export const FlightContext = createContext<Pick<Flight, 'whenLanded'>>({
  whenLanded(call) {
    call()
    return () => {}
  },
})
