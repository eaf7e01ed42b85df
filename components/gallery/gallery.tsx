'use client'

import { FilterPage } from '../filter-page/filter-page'
import { GalleryBody } from './gallery-body'

/** The pictures of the filter in the URL. */
export function Gallery() {
  return (
    <FilterPage title="Gallery" fill>
      {({ state: { filter }, result }) => <GalleryBody filter={filter} result={result} />}
    </FilterPage>
  )
}
