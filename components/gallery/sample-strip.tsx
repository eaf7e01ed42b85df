'use client'

import { useRef } from 'react'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { imageTitle, sliceText } from '../../lib/gallery/captions'
import { pictureSources } from '../../lib/images/picture-url'
import type { ImageRow } from '../../lib/queries/image-rows'
import { useEngine } from '../engine-provider'
import { PageLink } from '../ui/page-link'
import { Picture } from './picture'
import { usePictures } from './use-pictures'
import { useSample } from './use-sample'

const IMAGES = 12
const SEED = 1
const WIDTH = 128

/** A few random pictures of the filter; each links to the gallery in the same order. */
export function SampleStrip({ filter }: { filter: Filter }) {
  const box = useRef<HTMLElement>(null)
  const { stage, engine } = useEngine()
  const pictures = usePictures()
  const { rows, isOld, error } = useSample(filter, IMAGES, SEED, box)
  const query = [formatFilter(filter), 'order=shuffle', `seed=${SEED}`].filter(Boolean).join('&')
  return (
    <section
      ref={box}
      aria-labelledby="sample-title"
      data-testid="sample"
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id="sample-title" className="mb-1 flex flex-wrap items-baseline gap-x-3 font-semibold">
        A sample of these images
        <PageLink href={`/gallery?${query}`} className="text-[11px] font-normal underline">
          Open in the gallery
        </PageLink>
      </h2>
      {/* Has the height of the pictures from the start, so that the layout does not change. */}
      <div
        className={`h-[164px] overflow-x-auto overflow-y-hidden ${isOld && rows ? 'opacity-50' : ''}`}
      >
        {rows && rows.length > 0 ? (
          <ul className="flex gap-2">
            {rows.map(row => (
              <li key={row.imageId} className="shrink-0" style={{ width: WIDTH }}>
                <SampleLink row={row} query={query} pictures={pictures} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-muted">
            {error
              ? `Could not load the sample: ${error}`
              : rows && !isOld
                ? 'No images match these filters.'
                : engine
                  ? 'Loading the sample…'
                  : stage === 'error'
                    ? 'Could not load the image list, which the sample needs.'
                    : 'The sample appears once the image list is loaded.'}
          </p>
        )}
      </div>
    </section>
  )
}

function SampleLink({
  row,
  query,
  pictures,
}: {
  row: ImageRow
  query: string
  pictures: ReturnType<typeof usePictures>
}) {
  const title = imageTitle(row)
  const sources = pictures?.hasStore
    ? pictureSources(row.imageId, WIDTH, { masks: 'all' }, pictures.version)
    : { src: null }
  return (
    <PageLink
      href={`/gallery?${query}&image=${row.imageId}`}
      title={title}
      className="block text-[11px] leading-tight"
    >
      <Picture {...sources} alt={title} width={WIDTH} height={WIDTH} />
      <span className="mt-0.5 block truncate">
        {row.modality} · {row.dataset} · {sliceText(row)}
      </span>
    </PageLink>
  )
}
