'use client'

import { use, useCallback, useEffect, useState } from 'react'
import { FlightContext } from './flight'

/** A cell that is gone so soon asks for no picture. */
const REST_MS = 40

/** Waits between tries: a busy server answers later. */
const RETRY_MS = [1500, 4000]

/**
 * A picture on black, never stretched, asked for once it has been in sight for a moment and nothing
 * flies past; a request is given up when the picture goes out of sight.
 */
export function Picture({
  src,
  srcSet,
  alt,
  width,
  height,
}: {
  /** null until it is known which picture it is. */
  src: string | null
  srcSet?: string
  alt: string
  /** CSS px of the place that it is fitted into. */
  width: number
  height: number
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
  // Only an image without an address stops what it is loading.
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
          className="size-full object-contain"
        />
      ) : null}
    </span>
  )
}
