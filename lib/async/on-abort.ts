const subscribers = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back once when a signal is aborted. Hundreds of reads may share one signal; they share one listener,
 * because Node warns above ten.
 *
 * @returns A function that unsubscribes.
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => {}
  const known = subscribers.get(signal)
  const all = known ?? new Set<() => void>()
  if (!known) {
    subscribers.set(signal, all)
    signal.addEventListener(
      'abort',
      () => {
        for (const each of all) each()
      },
      { once: true },
    )
  }
  all.add(callback)
  return () => all.delete(callback)
}
