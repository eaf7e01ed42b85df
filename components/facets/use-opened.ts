'use client'

import { useCallback, useState } from 'react'

/** Which nodes of a tree the reader opened or closed by hand. */
export type Opened = Readonly<Record<string, boolean>>

const NOTHING: Opened = {}

/** The nodes that the reader opened or closed. A search has its own, which start empty. */
export function useOpened() {
  const [text, setText] = useState('')
  const [opened, setOpened] = useState(NOTHING)
  const [inSearch, setInSearch] = useState(NOTHING)
  const isSearch = text.trim() !== ''
  const change = isSearch ? setInSearch : setOpened
  const onFold = useCallback(
    (key: string, open: boolean) => change(old => ({ ...old, [key]: open })),
    [change],
  )
  const onText = useCallback((typed: string) => {
    setText(typed)
    setInSearch(NOTHING)
  }, [])
  const foldAll = useCallback(
    (keys: readonly string[], open: boolean) =>
      change(old => ({ ...old, ...Object.fromEntries(keys.map(key => [key, open])) })),
    [change],
  )
  return { text, onText, opened: isSearch ? inSearch : opened, onFold, foldAll }
}
