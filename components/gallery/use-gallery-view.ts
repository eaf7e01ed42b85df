'use client'

import { useMemo } from 'react'
import { type GalleryView, parseView, viewPairs } from '../../lib/gallery/view'
import { updateView } from '../use-filter'
import { queryString, useQueryString } from '../use-query-string'

/** How the gallery shows its filter, from the URL. */
export function useGalleryView(): GalleryView {
  const query = useQueryString()
  return useMemo(() => parseView(query), [query])
}

/** Change the view. Options as for `updateFilter`. */
export function updateGallery(
  change: (view: GalleryView) => GalleryView,
  options?: { sameEntry?: boolean },
): boolean {
  return updateView(viewPairs(change(parseView(queryString()))), options)
}

/** URL of the page with an open image. */
export function imageHref(query: string, imageId: number): string {
  const params = new URLSearchParams(query)
  params.set('image', String(imageId))
  return `/gallery?${params}`
}
