'use client'

import { useEffect, useState } from 'react'

/**
 * The text of the search. Until its code is loaded and its field has the focus, the text is collected from key
 * presses on the page, so that no letter is lost.
 */
export function useSearchText(isOpen: boolean): [string, (text: string) => void] {
  const [text, setText] = useState('')
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => {
      const isInDialog = event.target instanceof Element && event.target.closest('[role="dialog"]')
      if (isInDialog || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (event.key === 'Backspace') setText(text => text.slice(0, -1))
      else if (event.key.length === 1) setText(text => text + event.key)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      // The next search starts empty.
      setText('')
    }
  }, [isOpen])
  return [text, setText]
}
