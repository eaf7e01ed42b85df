'use client'

import { useState } from 'react'
import { caseSeries, type Series } from '../../lib/gallery/case-series'
import { caseImages, type ImageRow } from '../../lib/queries/image-rows'
import { useQuery } from '../use-query'
import { useRows } from '../use-rows'

export interface CaseSeries {
  /** All series of the image's case; empty until they are read. */
  readonly series: readonly Series[]
  /** The series of the image, and the image's position in it. */
  readonly own: Series | null
  readonly position: number
  readonly row: ImageRow | null
}

const NONE: CaseSeries = { series: [], own: null, position: -1, row: null }

/** The case of an image. It is read once: stepping to another of its images reads nothing. */
export function useCaseSeries(imageId: number): CaseSeries {
  /** The case of this image is read. */
  const [asked, setAsked] = useState(imageId)
  // Without the case the image is shown all the same; the engine reports its own errors.
  const { found } = useQuery(useRows(), String(asked), async ({ engine, cube }, signal) =>
    caseSeries(await caseImages(engine, cube.dimensions, asked, signal)),
  )
  const place = found && placeOf(imageId, found)
  if (!place && asked !== imageId) setAsked(imageId)
  return place ?? NONE
}

function placeOf(imageId: number, series: readonly Series[]): CaseSeries | null {
  for (const own of series) {
    const position = own.images.findIndex(image => image.imageId === imageId)
    const row = own.images[position]
    if (row) return { series, own, position, row }
  }
  return null
}
