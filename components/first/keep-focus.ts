/** Path to an element: the index of each step among the children of its parent, outermost first. */
type Path = readonly number[]

/**
 * Path of the focused element after the children of `painted` have replaced `painted`.
 *
 * @returns Null if the focus is not in `painted`.
 */
export function focusedPath(painted: Element): Path | null {
  const focused = document.activeElement
  if (!painted.contains(focused) || focused === painted) return null
  const path: number[] = []
  for (let at = focused; at !== null && at !== painted; at = at.parentElement)
    path.unshift(indexOf(at))
  const [first = 0, ...rest] = path
  return [indexOf(painted) + first, ...rest]
}

/** Focus the element at a path below `root`, without scrolling. */
export function focusAt(root: Element, path: Path): void {
  const element = path.reduce<Element | undefined>((at, index) => at?.children[index], root)
  if (element instanceof HTMLElement) element.focus({ preventScroll: true })
}

const indexOf = (element: Element): number =>
  element.parentElement ? [...element.parentElement.children].indexOf(element) : 0
