'use client'

import type { PictureInfo } from '../../lib/images/picture-info'
import { pictureInfoUrl } from '../../lib/images/picture-url'
import { useServerQuery } from '../use-query'

export interface InfoResult {
  /** Info of the requested image; null until it is there. */
  readonly info: PictureInfo | null
  readonly error: string | null
}

/** Maximum number of infos that are kept for stepping back and forth. */
const KEPT = 200
const known = new Map<number, PictureInfo>()

/** The info of an image from the server, which needs no rows in the browser. */
export function usePictureInfo(imageId: number): InfoResult {
  const ask = (signal: AbortSignal) => readInfo(imageId, signal)
  const { found, current, error } = useServerQuery(String(imageId), ask, {
    known: known.get(imageId) ?? null,
  })
  return { info: current ? found : null, error }
}

async function readInfo(imageId: number, signal: AbortSignal): Promise<PictureInfo> {
  const response = await fetch(pictureInfoUrl(imageId), { signal })
  if (response.status === 404) throw new Error(`This manifest has no image ${imageId}.`)
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  const info: PictureInfo = await response.json()
  known.set(imageId, info)
  for (const id of known.keys()) {
    if (known.size <= KEPT) break
    known.delete(id)
  }
  return info
}
