'use client'

import { type RefObject, useMemo } from 'react'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { resolveFilter } from '../../lib/filter/selection'
import { sampleImages } from '../../lib/queries/gallery-list'
import type { ImageRow } from '../../lib/queries/image-rows'
import { type Sight, useSight } from '../deferred/use-sight'
import { after, useQuery, type When } from '../use-query'
import { useRows } from '../use-rows'

/** The charts of a filter are counted first. */
const AFTER_CHARTS = after(400)

export interface Sample {
  /** Null until some are read; those of an earlier filter while `isOld`. */
  readonly rows: readonly ImageRow[] | null
  readonly isOld: boolean
  readonly error: string | null
}

/** A few random images of a filter, always the same; read once the strip is in sight. */
export function useSample(
  filter: Filter,
  count: number,
  seed: number,
  place: RefObject<HTMLElement | null>,
): Sample {
  const sight = useSight(place)
  const when = useMemo(() => onceSeen(sight), [sight])
  const { found, current, error } = useQuery(
    useRows(),
    [formatFilter(filter), count, seed].join(' '),
    ({ engine, cube }, signal) => {
      const selection = resolveFilter(filter, cube.dimensions)
      return sampleImages(engine, cube.dimensions, selection, count, seed, signal)
    },
    { when },
  )
  return { rows: found, isOld: !current, error }
}

const onceSeen =
  (sight: Sight): When =>
  ask => {
    let forget = () => {}
    const cancel = AFTER_CHARTS(() => {
      if (sight.isSeen()) ask()
      else forget = sight.whenSeen(ask)
    })
    return () => {
      cancel()
      forget()
    }
  }
