'use client'

import type { PictureInfo } from '../../lib/images/picture-info'
import { useEngine } from '../engine-provider'
import { useServerQuery } from '../use-query'

/** Where pictures come from. */
export interface Pictures {
  /** False if the server has no image store. */
  readonly hasStore: boolean
  /** For URLs that may be cached for good; absent if the server did not say. */
  readonly version?: string
}

/** What `/api/images/status` says, as far as pages need it. */
type Status = Pick<PictureInfo, 'version'> & { readonly store: object | null }

/** Where a server that does not say has pictures: each picture then says itself why it is missing. */
const UNKNOWN: Pictures = { hasStore: true }

/** What the server says of the manifest's pictures; null until it has. */
export function usePictures(): Pictures | null {
  const { manifest } = useEngine()
  const { found, error } = useServerQuery(manifest.id, async (signal): Promise<Pictures> => {
    const response = await fetch('/api/images/status', { signal })
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    const { store, version }: Status = await response.json()
    return { hasStore: store !== null, version }
  })
  return error === null ? found : UNKNOWN
}
