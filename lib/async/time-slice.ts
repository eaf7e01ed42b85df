/** Ends at once most of the time; every few ms it lets the page do what waits. */
export type Pause = () => Promise<void>

/** Long work in one thread: how long it runs before it lets others go first. */
const SLICE_MS = 8

/** A pause for one piece of work, which calls it often. */
export function timeSlice(): Pause {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await new Promise(resolve => setTimeout(resolve))
    since = performance.now()
  }
}
