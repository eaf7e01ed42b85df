'use client'

import { useEffect, useState } from 'react'
import { caseSeries, type Series } from '../../lib/gallery/case-series'
import { caseImages, type ImageRow } from '../../lib/queries/image-rows'
import { useEngine } from '../engine-provider'

export interface CaseSeries {
  /** All series of the image's case; empty until they are read. */
  readonly series: readonly Series[]
  /** The one that the image is in, and its position there. */
  readonly own: Series | null
  readonly position: number
  readonly row: ImageRow | null
}

const NONE: CaseSeries = { series: [], own: null, position: -1, row: null }

/** The case of an image; stepping through it reads nothing anew. */
export function useCaseSeries(imageId: number): CaseSeries {
  const { engine, cube } = useEngine()
  const [series, setSeries] = useState<readonly Series[]>([])
  const found = placeOf(imageId, series)
  const isKnown = found !== null
  useEffect(() => {
    if (!engine || !cube || isKnown) return
    const stop = new AbortController()
    caseImages(engine, cube.dimensions, imageId, stop.signal).then(
      images => setSeries(caseSeries(images)),
      // The image itself needs no rows; what broke the engine is reported by the engine.
      () => {},
    )
    return () => stop.abort()
  }, [imageId, isKnown, engine, cube])
  return found ?? NONE
}

function placeOf(imageId: number, series: readonly Series[]): CaseSeries | null {
  for (const own of series) {
    const position = own.images.findIndex(image => image.imageId === imageId)
    const row = own.images[position]
    if (row) return { series, own, position, row }
  }
  return null
}
