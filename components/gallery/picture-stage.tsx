'use client'

import { useRef, useState } from 'react'
import { swapsSides, turnTransform } from '../../lib/axes/turn'
import { AS_STORED, type Display, displayText } from '../../lib/gallery/display'
import type { Size } from '../../lib/gallery/zoom'
import type { PictureInfo } from '../../lib/images/picture-info'
import { ToolButton } from '../ui/tool-button'
import { layersOf } from './layers'
import { ServeCommand } from './serve-command'
import { labelsOf, type ShownMasks } from './shown-masks'
import { useBoxSize } from './use-box-size'
import type { Pictures } from './use-pictures'
import { useZoom } from './use-zoom'

/** The picture on black with its masks, to zoom and to move. */
export function PictureStage({
  id,
  info,
  labels,
  masks,
  pictures,
  display,
}: {
  id: number
  info: PictureInfo | null
  /** Labels whose masks are drawn. */
  labels: readonly string[]
  masks: ShownMasks
  pictures: Pictures | null
  /** How the picture and its masks are turned; null until it is known. */
  display: Display | null
}) {
  const box = useRef<HTMLDivElement>(null)
  const stage = useBoxSize(box)
  const [loaded, setLoaded] = useState<{ id: number; size: Size } | null>(null)
  const [failed, setFailed] = useState<number | null>(null)
  // The manifest has most sizes before the picture is loaded; otherwise the size of the last slice is likely.
  const listed = info?.width && info.height ? { width: info.width, height: info.height } : null
  const size = listed ?? loaded?.size ?? { width: 512, height: 512 }
  const { turn } = display ?? AS_STORED
  const shown = swapsSides(turn) ? { width: size.height, height: size.width } : size
  const { zoom, isFit, showAll, toOwnSize, by, handlers } = useZoom(box, shown, stage)
  const isAll = info !== null && labels.length === labelsOf(info).length && labels.length > 0
  const layers = layersOf(id, isAll ? 'all' : labels, masks.style, pictures?.version)
  const width = size.width * zoom.scale
  const height = size.height * zoom.scale
  const place = {
    width,
    height,
    transform: `translate(${zoom.x}px, ${zoom.y}px) ${turnTransform(turn, width, height)}`,
    imageRendering: zoom.scale >= 3 ? ('pixelated' as const) : ('auto' as const),
  }
  const layer = (src: string, alt: string, opacity = 1) => (
    // biome-ignore lint/performance/noImgElement: pictures come sized from our own route
    <img
      key={src}
      src={src}
      alt={alt}
      draggable={false}
      decoding="async"
      onLoad={event => {
        if (alt === '') return
        const { naturalWidth: width, naturalHeight: height } = event.currentTarget
        setLoaded({ id, size: { width, height } })
      }}
      onError={() => alt !== '' && setFailed(id)}
      className="absolute top-0 left-0 max-w-none origin-top-left"
      style={{ ...place, opacity }}
    />
  )
  return (
    <div className="relative min-h-0 grow bg-black max-md:h-[55dvh] max-md:shrink-0 max-md:grow-0">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields */}
      <div
        ref={box}
        data-stage
        data-scale={zoom.scale}
        data-testid="stage"
        role="group"
        aria-label="Image: plus and minus zoom, 0 fits, 1 shows actual size, Shift and arrows move, arrows step through slices"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and move the picture
        tabIndex={0}
        {...handlers}
        className="absolute inset-0 touch-none overflow-hidden -outline-offset-2 select-none"
      >
        {pictures?.hasStore === false ? (
          <p className="p-4 text-[#9aa4ae]">
            The server has no image store: start it with <ServeCommand />.
          </p>
        ) : failed === id ? (
          <p role="alert" className="p-4 text-[#9aa4ae]">
            Could not load the image. Check that the server is running.
          </p>
        ) : (
          pictures &&
          display && (
            <>
              {layer(layers.image, info ? `Image ${info.path}` : `Image ${id}`)}
              {info && layers.fill && layer(layers.fill, '', masks.opacity)}
              {info && layers.contour && layer(layers.contour, '')}
            </>
          )
        )}
      </div>
      <TurnedText text={displayText(display ?? AS_STORED)} />
      <div className="absolute right-2 bottom-2 flex gap-1 rounded-sm bg-background/90 p-1 text-[12px]">
        <ToolButton label="Zoom out" onClick={() => by(1 / 1.5)}>
          −
        </ToolButton>
        <ToolButton label="Zoom in" onClick={() => by(1.5)}>
          +
        </ToolButton>
        <ToolButton pressed={isFit} onClick={showAll}>
          Fit
        </ToolButton>
        <ToolButton pressed={!isFit && zoom.scale === 1} onClick={toOwnSize}>
          1:1
        </ToolButton>
      </div>
    </div>
  )
}

/** Says on the picture that it is turned, and announces it when it changes. */
function TurnedText({ text }: { text: string | null }) {
  return (
    <p
      role="status"
      data-testid="turned"
      className={
        text === null
          ? 'sr-only'
          : 'pointer-events-none absolute top-2 left-2 max-w-[calc(100%-1rem)] rounded-sm bg-background/90 px-2 py-1 text-[12px]'
      }
    >
      {text}
    </p>
  )
}
