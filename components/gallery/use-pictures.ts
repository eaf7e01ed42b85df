'use client'

import { useEffect, useState } from 'react'
import type { PictureInfo } from '../../lib/images/picture-info'
import { useEngine } from '../engine-provider'

/** Where pictures come from. */
export interface Pictures {
  /** False if the server has no image store. */
  readonly hasStore: boolean
  /** For addresses that may be cached for good; absent if the server did not say. */
  readonly version?: string
}

/** What `/api/images/status` says, as far as pages need it. */
type Status = Pick<PictureInfo, 'version'> & { readonly store: object | null }

/** What the server says of its pictures; null until it has. */
export function usePictures(): Pictures | null {
  const { manifest } = useEngine()
  const [pictures, setPictures] = useState<Pictures | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another manifest has other pictures
  useEffect(() => {
    const stop = new AbortController()
    fetch('/api/images/status', { signal: stop.signal })
      .then(async response => {
        if (!response.ok) throw new Error(`the server answered ${response.status}`)
        const { store, version } = (await response.json()) as Status
        setPictures({ hasStore: store !== null, version })
      })
      .catch(() => {
        // Each picture then says for itself why it is missing.
        if (!stop.signal.aborted) setPictures({ hasStore: true })
      })
    return () => stop.abort()
  }, [manifest.id])
  return pictures
}
