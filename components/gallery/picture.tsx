'use client'

import { use, useCallback, useEffect, useState } from 'react'
import { swapsSides, type Turn, turnAroundMiddle } from '../../lib/axes/turn'
import { FlightContext } from './flight'

/** A cell that disappears sooner requests no picture. */
const REST_MS = 40

/** Waits before further tries, for a busy server. */
const RETRY_MS = [1500, 4000]

/**
 * A picture on black, never stretched. It is requested once it has been rendered for a moment and no fast
 * scrolling is going on. The request is aborted when the picture is removed.
 */
export function Picture({
  src,
  srcSet,
  alt,
  width,
  height,
  turn = '0',
}: {
  /** Null until the image of the cell is known. */
  src: string | null
  srcSet?: string
  alt: string
  /** Size of the cell in CSS px. */
  width: number
  height: number
  /** How the picture is turned for display. */
  turn?: Turn
}) {
  const { whenLanded } = use(FlightContext)
  const [rested, setRested] = useState(false)
  const [tries, setTries] = useState(0)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      stop = whenLanded(() => setRested(true))
    }, REST_MS)
    let stop = () => clearTimeout(timer)
    return () => stop()
  }, [whenLanded])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture starts anew
  useEffect(() => {
    setFailed(false)
    setTries(0)
  }, [src])
  useEffect(() => {
    const wait = RETRY_MS[tries]
    if (!failed || wait === undefined) return
    const timer = setTimeout(() => {
      setTries(tries + 1)
      setFailed(false)
    }, wait)
    return () => clearTimeout(timer)
  }, [failed, tries])
  // Removing the URL is the only way to stop an image from loading.
  const stop = useCallback(
    (image: HTMLImageElement | null) => () => {
      image?.removeAttribute('srcset')
      image?.removeAttribute('src')
    },
    [],
  )
  return (
    <span
      className="flex items-center justify-center overflow-hidden bg-black text-[11px] text-[#9aa4ae]"
      style={{ height }}
    >
      {failed && tries >= RETRY_MS.length ? (
        <span className="px-2 text-center">Server unavailable or too busy</span>
      ) : rested && src && !failed ? (
        // biome-ignore lint/performance/noImgElement: thumbnails come sized from our own route
        <img
          ref={stop}
          src={src}
          srcSet={srcSet}
          alt={alt}
          width={width}
          height={height}
          decoding="async"
          draggable={false}
          onError={() => setFailed(true)}
          className="shrink-0 object-contain"
          style={{
            width: swapsSides(turn) ? height : '100%',
            height: swapsSides(turn) ? width : '100%',
            transform: turnAroundMiddle(turn),
          }}
        />
      ) : null}
    </span>
  )
}
