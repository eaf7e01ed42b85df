'use client'

import { useEffect, useRef, useState } from 'react'
import { type ImageRow, imageRows } from '../../lib/queries/image-rows'
import { useEngine } from '../engine-provider'

/** Maximum number of rows that are kept for scrolling back; the oldest are dropped first. */
const KEPT = 5000

/**
 * The rows of the images in sight, for captions. One query runs at a time, for the images that are in sight
 * when it starts, so that scrolling over thousands of pictures reads few of them.
 *
 * @param ids Images in sight; null for an image that is not known yet.
 */
export function useImageRows(ids: readonly (number | null)[]): ReadonlyMap<number, ImageRow> {
  const { engine, cube } = useEngine()
  const known = useRef(new Map<number, ImageRow>())
  const isAsking = useRef(false)
  const [, setAsked] = useState(0)
  useEffect(() => {
    if (!engine || !cube || isAsking.current) return
    const missing = ids.filter((id): id is number => id !== null && !known.current.has(id))
    if (missing.length === 0) return
    isAsking.current = true
    imageRows(engine, cube.dimensions, missing)
      .then(rows => {
        for (const row of rows) known.current.set(row.imageId, row)
        for (const id of known.current.keys()) {
          if (known.current.size <= KEPT) break
          known.current.delete(id)
        }
      })
      // Pictures are shown without captions; the engine reports its own errors.
      .catch(() => {})
      .finally(() => {
        isAsking.current = false
        setAsked(n => n + 1)
      })
  })
  return known.current
}
