import { createContext } from 'react'

/** Scrolling by a window's height in less time is too fast to look at pictures. */
const WINDOW_MS = 400

/** A flight ends when scrolling has been slower for so long. */
const LANDED_MS = 80

/** Fast scrolling, during which no pictures are requested. */
export interface Flight {
  /**
   * Call with the position after each step of scrolling.
   *
   * @param offset px of the content above the window.
   * @param viewport px of the window.
   */
  readonly moved: (offset: number, viewport: number) => void
  /** Calls back once, now or when the flight ends. Returns a function that cancels. */
  readonly whenLanded: (call: () => void) => () => void
}

/** A flight that begins and ends by the speed of the positions in `moved`. */
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

/** By default there is no flight. */
export const FlightContext = createContext<Pick<Flight, 'whenLanded'>>({
  whenLanded(call) {
    call()
    return () => {}
  },
})
