'use client'

import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import type { WasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import type { Progress } from '../lib/engine/load-manifest.browser.ts'
import type { Dimensions } from '../lib/filter/dimensions'
import type { Manifest } from '../lib/manifest/manifest'

/** What the browser gets of a manifest: its files, its summary, and what to call it. */
export type PageManifest = Pick<
  Manifest,
  'id' | 'name' | 'simulated' | 'source' | 'files' | 'summary' | 'rejects'
> & { readonly baseUrl: string }

/**
 * How far the data is: `summary` has the server's numbers, `cubes` answers most filters, `rows`
 * answers all of them.
 */
export type Stage = 'booting' | 'summary' | 'cubes' | 'rows' | 'error'

export interface EngineState {
  readonly manifest: PageManifest
  readonly stage: Stage
  readonly engine: WasmEngine | null
  readonly dimensions: Dimensions | null
  /** Of the stage that is loading; null when nothing loads. */
  readonly progress: Progress | null
  /** Why the data cannot be used, for people. */
  readonly error: string | null
  /** Start the engine anew and load everything again. */
  readonly retry: () => void
}

const EngineContext = createContext<EngineState | null>(null)

export function useEngine(): EngineState {
  const state = use(EngineContext)
  if (!state) throw new Error('useEngine needs an EngineProvider above it')
  return state
}

/** Starts the engine once for all pages and loads the manifest's tables in the background. */
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
  const latest = useRef(manifest)
  latest.current = manifest

  // The id, not the object: every navigation hands over a new object of the same manifest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above; attempt restarts the load
  useEffect(() => {
    const stop = new AbortController()
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
    return () => stop.abort()
  }, [manifest.id, attempt])

  useEffect(() => {
    document.documentElement.dataset.state = state.stage
  }, [state.stage])

  return <EngineContext value={{ ...state, manifest, retry }}>{children}</EngineContext>
}

const AT_SUMMARY: Omit<EngineState, 'manifest' | 'retry'> = {
  stage: 'summary',
  engine: null,
  dimensions: null,
  progress: null,
  error: null,
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
