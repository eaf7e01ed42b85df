'use client'

import { useCallback, useMemo } from 'react'
import type { Filter } from '../../lib/filter/filter'
import type { CountsResult } from '../use-counts'
import { useQueryString } from '../use-query-string'
import { GalleryFace } from './gallery-face'
import { GalleryToolbar } from './gallery-toolbar'
import { ImageDialog } from './image-dialog'
import { StoreNotice } from './store-notice'
import { ThumbGrid } from './thumb-grid'
import { TurnNotice } from './turn-notice'
import { updateGallery, useGalleryView } from './use-gallery-view'
import { useImageList } from './use-image-list'
import { usePictures } from './use-pictures'

/** The grid of a filter's pictures with its toolbar, and the open image above it. */
export function GalleryBody({ filter, result }: { filter: Filter; result: CountsResult }) {
  const view = useGalleryView()
  const pictures = usePictures()
  const found = useImageList(filter, view.order, view.byCase)
  const { list, current, key, error } = found
  const counted = result.current ? (result.counts?.totals.images ?? 0) : 0
  const total = current && list?.complete ? list.ids.length : counted
  const query = useQueryOfGrid()
  const onRest = useCallback((at: number) => {
    updateGallery(view => ({ ...view, at }), { sameEntry: true })
  }, [])
  return (
    <>
      <GalleryToolbar view={view} total={total} />
      <StoreNotice pictures={pictures} />
      <TurnNotice view={view} pictures={pictures} />
      {list && !error && list.ids.length > 0 ? (
        <ThumbGrid
          key={key}
          list={list}
          total={current ? counted : 0}
          view={view}
          query={query}
          pictures={pictures}
          onRest={current ? onRest : ignore}
          isOld={!current}
        />
      ) : (
        <GalleryFace isEmpty={current && list?.complete === true} error={error} />
      )}
      {view.image !== null && (
        <ImageDialog id={view.image} list={current ? list : null} pictures={pictures} />
      )}
    </>
  )
}

/** The position in an earlier list is not kept for the new list. */
const ignore = () => {}

/** The query string of the list, without the scroll position and the open image. */
function useQueryOfGrid(): string {
  const query = useQueryString()
  return useMemo(() => {
    const params = new URLSearchParams(query)
    params.delete('at')
    params.delete('image')
    return params.toString()
  }, [query])
}
