/** Call often within long work: every few ms it lets other work of the thread run; otherwise it ends at once. */
export type Pause = () => Promise<void>

/** How long work runs before other work of the thread gets a turn. */
const SLICE_MS = 8

/** The `Pause` of one piece of work. */
export function timeSlice(): Pause {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await new Promise(resolve => setTimeout(resolve))
    since = performance.now()
  }
}
