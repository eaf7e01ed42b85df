'use client'

import { useEffect, useRef, useState } from 'react'
import { type ImageRow, imageRows } from '../../lib/queries/image-rows'
import { useEngine } from '../engine-provider'

/** Rows kept for scrolling back; more are dropped, the oldest first. */
const KEPT = 5000

/**
 * What captions say of the images in sight. One query at a time, always for what is in sight then:
 * scrolling over thousands of pictures asks for few of them.
 *
 * @param ids Images in sight; null where it is not known yet.
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
      // Without captions the pictures are still there; the engine reports what broke it.
      .catch(() => {})
      .finally(() => {
        isAsking.current = false
        setAsked(n => n + 1)
      })
  })
  return known.current
}
