'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { resolveFilter } from '../../lib/filter/selection'
import { sampleImages } from '../../lib/queries/gallery-list'
import type { ImageRow } from '../../lib/queries/image-rows'
import { useSight } from '../deferred/use-sight'
import { useEngine } from '../engine-provider'

/** The charts of a filter come first. */
const AFTER_MS = 400

export interface Sample {
  /** null until there are some; those of an earlier filter while `isOld`. */
  readonly rows: readonly ImageRow[] | null
  readonly isOld: boolean
  readonly error: string | null
}

/** A few images of a filter at random, always the same ones, read while the place is in sight. */
export function useSample(
  filter: Filter,
  count: number,
  seed: number,
  place: RefObject<HTMLElement | null>,
): Sample {
  const { engine, cube } = useEngine()
  const sight = useSight(place)
  const key = formatFilter(filter)
  const [found, setFound] = useState<(Omit<Sample, 'isOld'> & { key: string }) | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  useEffect(() => {
    if (!engine || !cube) return
    const stop = new AbortController()
    const settle = (sample: Omit<Sample, 'isOld'>) => {
      if (!stop.signal.aborted) setFound({ ...sample, key })
    }
    const read = () => {
      const selection = resolveFilter(filter, cube.dimensions)
      sampleImages(engine, cube.dimensions, selection, count, seed, stop.signal).then(
        rows => settle({ rows, error: null }),
        error => settle({ rows: null, error: String(error?.message ?? error) }),
      )
    }
    let forget = () => {}
    const timer = setTimeout(() => {
      if (sight.isSeen()) read()
      else forget = sight.whenSeen(read)
    }, AFTER_MS)
    return () => {
      clearTimeout(timer)
      forget()
      stop.abort()
    }
  }, [key, count, seed, engine, cube, sight])
  return { rows: found?.rows ?? null, isOld: found?.key !== key, error: found?.error ?? null }
}
