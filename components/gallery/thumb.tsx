'use client'

import { type MouseEvent, memo } from 'react'
import type { Turn } from '../../lib/axes/turn'
import { imageTitle, masksText, sizeText, sliceText } from '../../lib/gallery/captions'
import { AS_STORED, displayMark, displayOf, displayText } from '../../lib/gallery/display'
import { pictureSources } from '../../lib/images/picture-url'
import type { ImageRow } from '../../lib/queries/image-rows'
import { PickBox } from '../picks/pick-box'
import type { Picks } from '../picks/use-picks'
import { openImage } from './open-image'
import { Picture } from './picture'
import { turnPicturesByKey } from './turn-pictures'
import { imageHref } from './use-gallery-view'
import type { Pictures } from './use-pictures'

export interface ThumbProps {
  /** Position in the list, from 0. */
  readonly index: number
  readonly column: number
  /** Null until the list is long enough. */
  readonly id: number | null
  /** Undefined until it is read. */
  readonly row: ImageRow | undefined
  /** CSS px. */
  readonly width: number
  readonly height: number
  readonly masks: 'all' | 'none'
  /** How pictures are turned, as in the view. */
  readonly upright: boolean
  readonly turn: Turn
  readonly pictures: Pictures | null
  /** Query string of the page, without the open image. */
  readonly query: string
  readonly isActive: boolean
  readonly onActive: (index: number) => void
  readonly picks: Picks
}

/** One picture of the grid with its caption: a link to the image. */
export const Thumb = memo(function Thumb(props: ThumbProps) {
  const { index, column, id, row, width, height, masks, pictures, query, picks } = props
  const { isActive, onActive, upright, turn } = props
  const display = row
    ? displayOf({ upright, turn }, row, pictures?.isSimulated ?? false)
    : { ...AS_STORED, turn }
  // How to turn a picture upright is known once its row is read.
  const sources =
    id !== null && pictures?.hasStore && (row || !upright)
      ? pictureSources(id, width, { masks }, pictures.version)
      : { src: null, srcSet: undefined }
  const open = (event: MouseEvent) => {
    if (id === null || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    openImage(id)
  }
  const caption = row ? `${imageTitle(row)}, ${sizeText(row)}` : `Image ${index + 1}`
  const title = [caption, displayText(display)].filter(Boolean).join('. ')
  const mark = displayMark(display)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no rows that come and go
    // biome-ignore lint/a11y/useFocusableInteractive: the link in it has the focus
    <div
      role="gridcell"
      aria-colindex={column + 1}
      className="group relative min-w-0"
      style={{ width }}
    >
      <a
        href={id === null ? undefined : imageHref(query, id)}
        data-testid="thumb"
        data-index={index}
        data-id={id ?? undefined}
        tabIndex={isActive ? 0 : -1}
        title={title}
        onClick={open}
        onFocus={() => onActive(index)}
        aria-keyshortcuts="x u r h v"
        onKeyDown={event => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          if (event.key === 'x' && id !== null) picks.toggle(id)
          else turnPicturesByKey(event.key)
        }}
        className="block rounded-[1px] text-[11px] leading-tight"
      >
        <span className="relative block">
          <Picture {...sources} alt={title} width={width} height={height} turn={display.turn} />
          {mark && (
            <span
              aria-hidden="true"
              className="absolute right-1 bottom-1 rounded-[1px] bg-black/80 px-1 text-[11px] text-[#e6eaee]"
            >
              {mark}
            </span>
          )}
        </span>
        <span className="mt-0.5 block truncate">
          {row ? `${row.modality} · ${row.dataset}` : '\u00a0'}
        </span>
        <span className="block truncate text-muted">
          {row ? `${sliceText(row)} · ${masksText(row.masks)} · ${sizeText(row)}` : '\u00a0'}
        </span>
      </a>
      {id !== null && (
        <PickBox
          id={id}
          title={title}
          picks={picks}
          tabIndex={isActive ? 0 : -1}
          className={`absolute top-1 left-1 ${picks.has(id) ? '' : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100'}`}
        />
      )}
    </div>
  )
})
