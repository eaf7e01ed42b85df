'use client'

import { countOf } from '../../lib/format'
import { counterpart } from '../../lib/gallery/case-series'
import { useQueryString } from '../use-query-string'
import { showImage } from './open-image'
import type { CaseSeries } from './use-case-series'
import { imageHref } from './use-gallery-view'

/** Links to the same case along other axes and in other sub-modalities. */
export function OtherSeries({ place: { series, own, row } }: { place: CaseSeries }) {
  const query = useQueryString()
  const others = series.filter(one => one !== own)
  if (!row || others.length === 0) return null
  return (
    <section aria-labelledby="other-series">
      <h2 id="other-series" className="mb-1 font-semibold">
        The same case
      </h2>
      <ul data-testid="other-series" className="flex flex-col gap-0.5 text-[12px]">
        {others.map(one => {
          const image = counterpart(one, row)
          if (!image) return null
          return (
            <li key={one.title} className="flex gap-2">
              <a
                href={imageHref(query, image.imageId)}
                onClick={event => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  showImage(image.imageId)
                }}
                className="underline"
              >
                {one.title}
              </a>
              <span className="text-muted">{countOf(one.images.length, 'image')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
