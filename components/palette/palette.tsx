'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { closePalette, mountPalette, usePaletteView } from './palette-state'
import { useSearchText } from './use-search-text'
import { useShortcuts } from './use-shortcuts'

interface Dialogs {
  readonly PaletteDialog: ComponentType<{ text: string; onText: (text: string) => void }>
  readonly ShortcutsDialog: ComponentType
}

/** Search and shortcuts, on every page. Their code is loaded when one of them is first opened. */
export function Palette() {
  const view = usePaletteView()
  const [dialogs, setDialogs] = useState<Dialogs | null>(null)
  const [failed, setFailed] = useState(false)
  const [text, setText] = useSearchText(view === 'search')
  useShortcuts()
  useEffect(() => mountPalette(), [])
  useEffect(() => {
    if (!view || dialogs) return
    setFailed(false)
    loadDialogs().then(setDialogs, () => {
      setFailed(true)
      closePalette()
    })
  }, [view, dialogs])
  if (failed)
    return (
      <p role="alert" className="bg-notice px-4 py-1 text-[12px]">
        Could not load the search. Check that the server is running, then open the search again.
      </p>
    )
  if (!dialogs || !view) return null
  return view === 'search' ? (
    <dialogs.PaletteDialog text={text} onText={setText} />
  ) : (
    <dialogs.ShortcutsDialog />
  )
}

async function loadDialogs(): Promise<Dialogs> {
  const [{ PaletteDialog }, { ShortcutsDialog }] = await Promise.all([
    import('./palette-dialog'),
    import('./shortcuts-dialog'),
  ])
  return { PaletteDialog, ShortcutsDialog }
}
