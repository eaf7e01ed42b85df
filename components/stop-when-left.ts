/**
 * Stop the work of a page when the reader goes to another document, and start it again if the reader comes
 * back.
 *
 * Browsers keep such a page in memory for the back button, with its workers: a gigabyte at full size, which
 * the next page then lacks. WebKit also runs the WebAssembly of the next page beside that of the first.
 *
 * @param again Starts the work again.
 * @returns A function that stops listening.
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
