/**
 * End the work of a page when it is left for another document, and begin it anew if the page comes back.
 *
 * Browsers keep a page that is left for the way back, with its workers and all their memory: a gigabyte at
 * full size, which the next page lacks. WebKit then also compiles and runs the next page's WebAssembly
 * beside what the first one holds.
 *
 * @returns Stop listening.
 */
export function stopWhenLeft(stop: AbortController, again: () => void): () => void {
  const leave = () => stop.abort()
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) again()
  }
  window.addEventListener('pagehide', leave)
  window.addEventListener('pageshow', comeBack)
  return () => {
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', comeBack)
  }
}
