'use client'

import { useEffect } from 'react'
import { layersOf } from './layers'
import type { ShownMasks } from './shown-masks'
import type { CaseSeries } from './use-case-series'
import type { Pictures } from './use-pictures'

/** Slices on each side that are requested in advance. */
const AHEAD = 2

/** Requests the neighbours of a slice, so that stepping through a case shows them at once. */
export function usePrefetch(
  { own, position }: CaseSeries,
  { hidden, style }: ShownMasks,
  pictures: Pictures | null,
): void {
  const isAll = hidden.size === 0
  useEffect(() => {
    // Without a version pictures are not cached; with hidden masks it is not known which masks a neighbour has.
    if (!own || !pictures?.hasStore || !pictures.version) return
    const images: HTMLImageElement[] = []
    const timer = setTimeout(() => {
      for (let by = 1; by <= AHEAD; by++)
        for (const neighbour of [own.images[position + by], own.images[position - by]]) {
          if (!neighbour) continue
          const labels = isAll && neighbour.masks > 0 ? 'all' : []
          const layers = layersOf(neighbour.imageId, labels, style, pictures.version)
          for (const src of [layers.image, layers.fill, layers.contour]) {
            if (src) images.push(Object.assign(new Image(), { src }))
          }
        }
    }, 150)
    return () => {
      clearTimeout(timer)
      for (const image of images) image.removeAttribute('src')
    }
  }, [own, position, isAll, style, pictures])
}
