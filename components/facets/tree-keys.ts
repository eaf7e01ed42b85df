import type { KeyboardEvent } from 'react'

/** Marks the button of a row without a checkbox. */
export const HEADING = { 'data-heading': '' }

/** The element of a row that takes the focus. */
const ROWS = 'input[type=checkbox], button[data-heading]'

/**
 * Arrow keys on the rows of a tree: up and down move between visible rows, right opens a row or moves into it,
 * left closes a row or moves out of it.
 */
export function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const row = event.target
  if (!(row instanceof HTMLElement) || !row.matches(ROWS)) return
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(ROWS)]
  const at = rows.indexOf(row)
  const item = row.closest('li')
  const fold = item?.querySelector<HTMLElement>(':scope > div > button[aria-expanded]')
  const isOpen = fold?.getAttribute('aria-expanded') === 'true'
  const outside = () => item?.parentElement?.closest('li')?.querySelector<HTMLElement>(ROWS)
  switch (event.key) {
    case 'ArrowDown':
      rows[at + 1]?.focus()
      break
    case 'ArrowUp':
      rows[at - 1]?.focus()
      break
    case 'ArrowRight':
      if (isOpen) rows[at + 1]?.focus()
      else fold?.click()
      break
    case 'ArrowLeft':
      if (isOpen) fold?.click()
      else outside()?.focus()
      break
    default:
      return
  }
  event.preventDefault()
}
