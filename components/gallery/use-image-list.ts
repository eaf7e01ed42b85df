'use client'

import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { resolveFilter } from '../../lib/filter/selection'
import { type ImageList, listImages } from '../../lib/queries/gallery-list'
import type { Order } from '../../lib/queries/gallery-order'
import { useEngine } from '../engine-provider'
import { useQuery } from '../use-query'
import { useRows } from '../use-rows'

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
  const { images } = useEngine().manifest.summary.totals
  const { by, descending, seed } = order
  const key = [formatFilter(filter), by, descending, by === 'shuffle' ? seed : '', byCase].join(' ')
  const { found, current, error } = useQuery(
    useRows(),
    key,
    async function* ({ engine, cube }, signal) {
      const selection = resolveFilter(filter, cube.dimensions)
      const areas = () => cube.areas(filter)
      const lists = listImages(engine, selection, order, { images, byCase, signal, areas })
      for await (const list of lists) yield { list, key }
    },
  )
  return { list: found?.list ?? null, key: found?.key ?? '', current, error }
}
