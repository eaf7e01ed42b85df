'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { imageTitle } from '../../lib/gallery/captions'
import { AS_STORED, displayOf } from '../../lib/gallery/display'
import type { ImageList } from '../../lib/queries/gallery-list'
import { usePicks } from '../picks/use-picks'
import { ToolButton } from '../ui/tool-button'
import { ImageAxis } from './image-axis'
import { ImageIssues } from './image-issues'
import { ImageMasks } from './image-masks'
import { ImageNames } from './image-names'
import { closeImage, forgetOpening, showImage } from './open-image'
import { OtherSeries } from './other-series'
import { PictureStage } from './picture-stage'
import { INITIAL_MASKS, shownLabels } from './shown-masks'
import { SliceScrubber } from './slice-scrubber'
import { StepButtons } from './step-buttons'
import { TurnButtons } from './turn-buttons'
import { turnPicturesByKey } from './turn-pictures'
import { useCaseSeries } from './use-case-series'
import { useGalleryView } from './use-gallery-view'
import { useImageKeys } from './use-image-keys'
import { usePictureInfo } from './use-picture-info'
import type { Pictures } from './use-pictures'
import { usePrefetch } from './use-prefetch'

/** One image above the gallery: the picture, its masks, its case, its files. */
export function ImageDialog({
  id,
  list,
  pictures,
}: {
  id: number
  /** The images of the filter, for the buttons to the next and previous image; null until they are listed. */
  list: ImageList | null
  pictures: Pictures | null
}) {
  const { info, error } = usePictureInfo(id)
  const place = useCaseSeries(id)
  const [masks, setMasks] = useState(INITIAL_MASKS)
  const labels = info ? shownLabels(info, masks) : []
  const at = list ? list.ids.indexOf(id) : -1
  const step = (by: number) => {
    const next = at < 0 ? undefined : list?.ids[at + by]
    if (next !== undefined) showImage(next)
  }
  const slide = (by: number) => {
    const next = place.own?.images[place.position + by]
    if (next) showImage(next.imageId)
  }
  const picks = usePicks()
  const onKeyDown = useImageKeys(step, slide, () => picks.toggle(id), turnPicturesByKey)
  const view = useGalleryView()
  const row = info ?? place.row
  const display = row
    ? displayOf(view, row, pictures?.isSimulated ?? false)
    : { ...AS_STORED, turn: view.turn }
  usePrefetch(place, masks, pictures)
  useEffect(() => forgetOpening, [])
  const title = info ? imageTitle({ ...info, masks: info.masks.length }) : `Image ${id}`
  return (
    <Dialog.Root open onOpenChange={open => !open && closeImage()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-black/60" />
        <Dialog.Content
          data-testid="image"
          data-id={id}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={event => focusThumb(event, id)}
          className="fixed inset-0 z-30 flex flex-col overflow-y-auto bg-background md:inset-4 md:overflow-hidden md:rounded-sm md:border md:border-line"
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-2">
            <div className="min-w-0">
              <Dialog.Title className="text-[15px] leading-tight font-semibold break-words">
                {info ? `${info.modality} · ${info.dataset} · ${info.caseName}` : title}
              </Dialog.Title>
              <Dialog.Description className="text-[12px] text-muted">{title}</Dialog.Description>
            </div>
            <div className="ml-auto flex shrink-0 items-center gap-1">
              <ToolButton
                pressed={picks.has(id)}
                disabled={picks.isFull && !picks.has(id)}
                onClick={() => picks.toggle(id)}
                title="Pick this image for a subset (x)"
              >
                {picks.has(id) ? 'Picked' : 'Pick'}
              </ToolButton>
              <StepButtons at={at} count={list?.ids.length ?? 0} onStep={step} />
              <Dialog.Close className="flex min-h-[36px] items-center gap-1 px-2 text-muted hover:text-text">
                <X size={14} aria-hidden />
                Close
              </Dialog.Close>
            </div>
          </div>
          {error && (
            <p role="alert" className="px-4 py-2 text-wrong">
              {error}
            </p>
          )}
          <div className="flex min-h-0 grow flex-col max-md:shrink-0 md:flex-row">
            <div className="flex min-h-0 min-w-0 grow flex-col max-md:shrink-0">
              <PictureStage
                id={id}
                info={info}
                labels={labels}
                masks={masks}
                pictures={pictures}
                display={row || !view.upright ? display : null}
              />
              <div className="flex min-h-[44px] items-center border-b border-line px-4 py-1 text-[12px]">
                <TurnButtons view={view} />
              </div>
              <SliceScrubber place={place} onSlide={slide} />
            </div>
            <div className="flex shrink-0 flex-col gap-4 border-line px-4 py-3 md:w-[360px] md:overflow-y-auto md:border-l">
              {info && <ImageMasks info={info} masks={masks} onChange={setMasks} />}
              {info && <ImageIssues info={info} />}
              {info && <ImageAxis info={info} />}
              <OtherSeries place={place} />
              {info && <ImageNames info={info} />}
            </div>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Focus the picture of the image in the grid, if it is in sight. */
function focusThumb(event: Event, id: number) {
  event.preventDefault()
  const thumb =
    document.querySelector<HTMLElement>(`[data-testid="thumb"][data-id="${id}"]`) ??
    document.querySelector<HTMLElement>('[data-testid="thumb"][tabindex="0"]')
  thumb?.focus({ preventScroll: true })
}
