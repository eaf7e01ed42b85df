'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { MAX_PICKED } from '../../lib/subset/recipe'
import { useEngine } from '../engine-provider'
import { addPick, type Picked, parsePicked, removePick } from './picked'

const KEPT = 'samed2d.picks'

const listeners = new Set<() => void>()

/** Used instead of the browser's storage if that is disabled; lost when the page is closed. */
let inMemory = ''

export interface Picks {
  /** Image ids in the order in which they were picked. */
  readonly ids: readonly number[]
  /** Whether no more can be picked. */
  readonly isFull: boolean
  readonly has: (id: number) => boolean
  readonly toggle: (id: number) => void
  readonly clear: () => void
}

/** The images of the open manifest that the reader picked; stored in the browser. */
export function usePicks(): Picks {
  const text = useSyncExternalStore(subscribe, read, () => '')
  const { id: manifest } = useEngine().manifest
  return useMemo(() => {
    const { ids } = parsePicked(text, manifest)
    const known = new Set(ids)
    const put = (change: (picked: Picked) => Picked) =>
      write(JSON.stringify(change(parsePicked(read(), manifest))))
    return {
      ids,
      isFull: ids.length >= MAX_PICKED,
      has: id => known.has(id),
      toggle: id => put(picked => (picked.ids.includes(id) ? removePick : addPick)(picked, id)),
      clear: () => put(picked => ({ ...picked, ids: [] })),
    }
  }, [text, manifest])
}

function read(): string {
  try {
    return localStorage.getItem(KEPT) ?? inMemory
  } catch {
    return inMemory
  }
}

function write(text: string): void {
  inMemory = text
  try {
    localStorage.setItem(KEPT, text)
  } catch {
    // `inMemory` has it.
  }
  for (const changed of listeners) changed()
}

function subscribe(changed: () => void) {
  listeners.add(changed)
  // Another tab has picked.
  window.addEventListener('storage', changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('storage', changed)
  }
}
