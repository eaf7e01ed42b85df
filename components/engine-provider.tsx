'use client'

import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react'
import type { CommandPlace } from '../lib/command-line'
import { messageOf } from '../lib/errors'
import type { FilteredCounts, FirstAnswers, ManifestNames } from '../lib/first/first-answers'
import type { EngineState } from './engine-state'
import { stopWhenLeft } from './stop-when-left'
import { useStageMark } from './use-stage-mark'

const EngineContext = createContext<EngineState | null>(null)
const FirstContext = createContext<FirstAnswers | null>(null)

export function useEngine(): EngineState {
  const state = use(EngineContext)
  if (!state) throw new Error('useEngine needs an EngineProvider above it')
  return state
}

/** Datasets, sub-modalities and labels of the manifest. */
export const useNames = (): ManifestNames => useFirst().names

/**
 * Counts of the URL's filter that came with the page; null if the URL has no filter, or the server could not count
 * it.
 */
export const useFirstCounts = (): FilteredCounts | null => useFirst().filtered

/** How commands start that a page prints. */
export const usePlace = (): CommandPlace => useFirst().place

function useFirst(): FirstAnswers {
  const first = use(FirstContext)
  if (!first) throw new Error('useFirst needs an EngineProvider above it')
  return first
}

/**
 * Pages that need no engine, or that open a database of their own: two full databases do not fit into the
 * memory of every browser.
 */
const WITHOUT_ENGINE: ReadonlySet<string | null> = new Set(['/sql', '/ledger', '/subset'])

/** Starts the engine once for all pages that need it and loads the manifest's tables in the background. */
export function EngineProvider({ first, children }: { first: FirstAnswers; children: ReactNode }) {
  const { manifest } = first
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<Omit<EngineState, 'manifest' | 'retry'>>(AT_SUMMARY)
  const retry = useCallback(() => setAttempt(n => n + 1), [])
  const isNeeded = !WITHOUT_ENGINE.has(usePathname())
  const [wanted, setWanted] = useState(isNeeded)
  // Once started, the engine stays for all pages.
  if (isNeeded && !wanted) setWanted(true)

  // biome-ignore lint/correctness/useExhaustiveDependencies: attempt restarts the load
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const unwatch = stopWhenLeft(stop, retry)
    const update = (change: Partial<typeof AT_SUMMARY>) => {
      if (!stop.signal.aborted) setState(old => ({ ...old, ...change }))
    }
    setState(AT_SUMMARY)
    // The engine's code is large, so it is loaded after the page has painted.
    import('./start-engine')
      .then(({ startEngine }) => startEngine(manifest, update, stop.signal))
      .catch(error =>
        update({ stage: 'error', engine: null, progress: null, error: messageOf(error) }),
      )
    return () => {
      unwatch()
      stop.abort()
    }
  }, [manifest, attempt, wanted])

  // A page that needs no engine is complete at once.
  useStageMark(wanted ? state.stage : 'rows')

  return (
    <FirstContext value={first}>
      <EngineContext value={{ ...state, manifest, retry }}>{children}</EngineContext>
    </FirstContext>
  )
}

const AT_SUMMARY: Omit<EngineState, 'manifest' | 'retry'> = {
  stage: 'summary',
  cube: null,
  rowsLoaded: false,
  engine: null,
  progress: null,
  error: null,
}
