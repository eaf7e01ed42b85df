import type { KeyboardEvent } from 'react'

const BOXES = 'input[type=checkbox]'

/**
 * Arrow keys on the checkboxes of a nested list: up and down go through what is shown, right opens
 * and goes in, left closes and goes out.
 */
export function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const box = event.target
  if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>(BOXES)]
  const at = boxes.indexOf(box)
  const item = box.closest('li')
  const fold = item?.querySelector<HTMLElement>(':scope > div > button[aria-expanded]')
  const isOpen = fold?.getAttribute('aria-expanded') === 'true'
  const outside = () => item?.parentElement?.closest('li')?.querySelector<HTMLElement>(BOXES)
  switch (event.key) {
    case 'ArrowDown':
      boxes[at + 1]?.focus()
      break
    case 'ArrowUp':
      boxes[at - 1]?.focus()
      break
    case 'ArrowRight':
      if (isOpen) boxes[at + 1]?.focus()
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
