'use client'

import { useMemo } from 'react'
import type { CubeClient } from '../lib/cube/cube-client.browser.ts'
import type { WasmEngine } from '../lib/engine/duckdb-wasm.browser.ts'
import { useEngine } from './engine-provider'

/** The database with the rows of the manifest, and the cubes with its dimensions. */
export interface Rows {
  readonly engine: WasmEngine
  readonly cube: CubeClient
}

/** The rows; null until they are loaded. */
export function useRows(): Rows | null {
  const { engine, cube } = useEngine()
  return useMemo(() => (engine && cube ? { engine, cube } : null), [engine, cube])
}
