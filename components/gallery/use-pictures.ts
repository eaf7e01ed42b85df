'use client'

import type { PictureInfo } from '../../lib/images/picture-info'
import { useEngine } from '../engine-provider'
import { useServerQuery } from '../use-query'

/** Where pictures come from. */
export interface Pictures {
  /** False if the server has no image store. */
  readonly hasStore: boolean
  /** Pictures are drawn by the program. */
  readonly isSimulated?: boolean
  /** For URLs that may be cached for good; absent if the server did not say. */
  readonly version?: string
}

/** The part of the answer of `/api/images/status` that pages need. */
type Status = Pick<PictureInfo, 'version'> & { readonly store: { readonly kind: string } | null }

/** For a server that does not answer: pictures are requested, and each says itself why it is missing. */
const UNKNOWN: Pictures = { hasStore: true }

/** The server's pictures of the manifest; null until the server has answered. */
export function usePictures(): Pictures | null {
  const { manifest } = useEngine()
  const { found, error } = useServerQuery(manifest.id, async (signal): Promise<Pictures> => {
    const response = await fetch('/api/images/status', { signal })
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    const { store, version }: Status = await response.json()
    return { hasStore: store !== null, isSimulated: store?.kind === 'phantom', version }
  })
  return error === null ? found : UNKNOWN
}
