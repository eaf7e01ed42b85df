'use client'

import { useEffect, useState } from 'react'
import { messageOf } from '../../lib/errors'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { resolveFilter } from '../../lib/filter/selection'
import { type ImageList, listImages } from '../../lib/queries/gallery-list'
import type { Order } from '../../lib/queries/gallery-order'
import { useEngine } from '../engine-provider'

export interface ListResult {
  /** Of an earlier filter or order until `current`; null before the first. */
  readonly list: ImageList | null
  /** Equal keys are lists of the same images in the same order. */
  readonly key: string
  readonly current: boolean
  readonly error: string | null
}

/** The images of a filter in order, once the rows are loaded. A newer filter ends an older query. */
export function useImageList(filter: Filter, order: Order, byCase: boolean): ListResult {
  const { engine, cube, manifest } = useEngine()
  const { by, descending, seed } = order
  const key = [formatFilter(filter), by, descending, by === 'shuffle' ? seed : '', byCase].join(' ')
  const [answer, setAnswer] = useState<Omit<ListResult, 'current'> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter, order and byCase
  useEffect(() => {
    if (!engine || !cube) return
    const stop = new AbortController()
    const run = async () => {
      const { images } = manifest.summary.totals
      const selection = resolveFilter(filter, cube.dimensions)
      const lists = listImages(engine, selection, order, {
        images,
        byCase,
        signal: stop.signal,
        areas: () => cube.areas(filter),
      })
      for await (const list of lists) {
        if (stop.signal.aborted) return
        setAnswer({ list, key, error: null })
      }
    }
    run().catch(error => {
      if (!stop.signal.aborted)
        setAnswer({
          list: null,
          key,
          error: messageOf(error),
        })
    })
    return () => stop.abort(new Error('another filter or order was asked for'))
  }, [key, engine, cube])
  if (!answer) return { list: null, key: '', current: false, error: null }
  return { ...answer, current: answer.key === key }
}
