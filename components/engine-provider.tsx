'use client'

import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import { messageOf } from '../lib/errors'
import type { EngineState, PageManifest } from './engine-state'
import { stopWhenLeft } from './stop-when-left'
import { useStageMark } from './use-stage-mark'

const EngineContext = createContext<EngineState | null>(null)

export function useEngine(): EngineState {
  const state = use(EngineContext)
  if (!state) throw new Error('useEngine needs an EngineProvider above it')
  return state
}

/**
 * Pages that need no engine, or have a database of their own: two full ones would not fit beside each
 * other everywhere.
 */
const WITHOUT_ENGINE: ReadonlySet<string | null> = new Set(['/sql', '/ledger', '/subset'])

/** Starts the engine once for all pages that need it and loads the manifest's tables in the background. */
export function EngineProvider({
  manifest,
  children,
}: {
  manifest: PageManifest
  children: ReactNode
}) {
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<Omit<EngineState, 'manifest' | 'retry'>>(AT_SUMMARY)
  const retry = useCallback(() => setAttempt(n => n + 1), [])
  const isNeeded = !WITHOUT_ENGINE.has(usePathname())
  const [wanted, setWanted] = useState(isNeeded)
  // Once started it stays.
  if (isNeeded && !wanted) setWanted(true)
  const latest = useRef(manifest)
  latest.current = manifest

  // The id, not the object: every navigation hands over a new object of the same manifest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above; attempt restarts the load
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const unwatch = stopWhenLeft(stop, retry)
    const update = (change: Partial<typeof AT_SUMMARY>) => {
      if (!stop.signal.aborted) setState(old => ({ ...old, ...change }))
    }
    setState(AT_SUMMARY)
    // The engine's code is large: the page paints first.
    import('./start-engine')
      .then(({ startEngine }) => startEngine(latest.current, update, stop.signal))
      .catch(error =>
        update({ stage: 'error', engine: null, progress: null, error: messageOf(error) }),
      )
    return () => {
      unwatch()
      stop.abort()
    }
  }, [manifest.id, attempt, wanted])

  // A page that needs no engine has all that it needs.
  useStageMark(wanted ? state.stage : 'rows')

  return <EngineContext value={{ ...state, manifest, retry }}>{children}</EngineContext>
}

const AT_SUMMARY: Omit<EngineState, 'manifest' | 'retry'> = {
  stage: 'summary',
  cube: null,
  rowsLoaded: false,
  engine: null,
  progress: null,
  error: null,
}
