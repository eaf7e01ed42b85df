'use client'

import { useEffect, useState } from 'react'
import { messageOf } from '../../lib/errors'
import type { PictureInfo } from '../../lib/images/picture-info'
import { pictureInfoUrl } from '../../lib/images/picture-url'

export interface InfoResult {
  /** Of the image that was asked for; null until it is there. */
  readonly info: PictureInfo | null
  readonly error: string | null
}

/** Infos kept for stepping back and forth. */
const KEPT = 200
const known = new Map<number, PictureInfo>()

/** What the manifest says of an image, from the server: it needs no rows in the browser. */
export function usePictureInfo(imageId: number): InfoResult {
  const [answer, setAnswer] = useState<{ imageId: number; error: string | null } | null>(null)
  useEffect(() => {
    if (known.has(imageId)) return
    const stop = new AbortController()
    readInfo(imageId, stop.signal).then(
      () => setAnswer({ imageId, error: null }),
      error => {
        if (!stop.signal.aborted) setAnswer({ imageId, error: messageOf(error) })
      },
    )
    return () => stop.abort()
  }, [imageId])
  const error = answer?.imageId === imageId ? answer.error : null
  return { info: known.get(imageId) ?? null, error }
}

async function readInfo(imageId: number, signal: AbortSignal): Promise<void> {
  const response = await fetch(pictureInfoUrl(imageId), { signal })
  if (response.status === 404) throw new Error(`This manifest has no image ${imageId}.`)
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  known.set(imageId, (await response.json()) as PictureInfo)
  for (const id of known.keys()) {
    if (known.size <= KEPT) break
    known.delete(id)
  }
}
