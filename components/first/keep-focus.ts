/** Where an element stands: the index of each ancestor among its parent's children, outermost first. */
type Path = readonly number[]

/**
 * Path of the focused element as it will be once the children of `painted` stand in its own place.
 *
 * @returns null if nothing within has the focus.
 */
export function focusedPath(painted: Element): Path | null {
  const path: number[] = []
  for (let at = document.activeElement; at !== null && at !== painted; at = at.parentElement)
    path.unshift(indexOf(at))
  // Up to the root, and nothing was met.
  if (path.length === 0 || !painted.contains(document.activeElement)) return null
  const [first = 0, ...rest] = path
  return [indexOf(painted) + first, ...rest]
}

/** Focus what stands at a path below `root`, without moving the page. */
export function focusAt(root: Element, path: Path): void {
  const element = path.reduce<Element | undefined>((at, index) => at?.children[index], root)
  if (element instanceof HTMLElement) element.focus({ preventScroll: true })
}

const indexOf = (element: Element): number =>
  element.parentElement ? [...element.parentElement.children].indexOf(element) : 0
