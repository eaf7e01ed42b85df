'use client'

import { useMemo, useRef, useState } from 'react'
import { cellsFor } from '../../lib/gallery/cells'
import { groupedLayout, plainLayout } from '../../lib/gallery/grid-layout'
import { scrollHeight } from '../../lib/gallery/scroll-space'
import type { GalleryView } from '../../lib/gallery/view'
import type { ImageList } from '../../lib/queries/gallery-list'
import { usePicks } from '../picks/use-picks'
import { FlightContext, newFlight } from './flight'
import { GridRowView, picturesOf } from './grid-row-view'
import { useBoxSize } from './use-box-size'
import { useGridFocus } from './use-grid-focus'
import { useGridScroll } from './use-grid-scroll'
import { useImageRows } from './use-image-rows'
import type { Pictures } from './use-pictures'

export interface ThumbGridProps {
  readonly list: ImageList
  /** Number of images of the complete list. */
  readonly total: number
  readonly view: GalleryView
  readonly query: string
  readonly pictures: Pictures | null
  /** Called with the picture at the top when scrolling stops. */
  readonly onRest: (at: number) => void
  /** True while the pictures are of an earlier filter; they are paler then. */
  readonly isOld: boolean
}

/** The grid of all pictures of a list; only pictures in sight are rendered. */
export function ThumbGrid(props: ThumbGridProps) {
  const { list, total, view, query, pictures, onRest, isOld } = props
  const scroller = useRef<HTMLDivElement>(null)
  const size = useBoxSize(scroller)
  const cells = useMemo(() => cellsFor(size.width, view.density), [size.width, view.density])
  const count = list.complete ? list.ids.length : Math.max(total, list.ids.length)
  const layout = useMemo(
    () =>
      list.caseStarts ? groupedLayout(list.caseStarts, count, cells) : plainLayout(count, cells),
    [list.caseStarts, count, cells],
  )
  const [flight] = useState(() => newFlight())
  const scroll = useGridScroll(scroller, layout, size.height, view.at, onRest, flight)
  const pageRows = Math.floor(size.height / cells.rowHeight)
  const [active, setActive] = useState(0)
  const picks = usePicks()
  const focus = useGridFocus(scroller, layout, pageRows, scroll.reveal, setActive)
  const rows = rowsToDraw(scroll.first, scroll.last, layout.rows, focus.hasFocus(), () =>
    layout.rowOf(Math.min(active, count - 1)),
  )
  const drawn = rows.map(index => ({ index, row: layout.row(index) }))
  const ids = drawn.flatMap(({ row }) => (row.kind === 'head' ? [row.first] : picturesOf(row)))
  const captions = useImageRows(ids.map(at => list.ids[at] ?? null))
  // Tab moves to the picture that had the focus last, or else to the first in sight.
  const isDrawn = ids.includes(active)
  const tabStop = isDrawn ? active : (ids[0] ?? 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no rows that come and go
    <div
      ref={scroller}
      role="grid"
      aria-label="Images"
      aria-rowcount={layout.rows}
      aria-colcount={cells.columns}
      aria-busy={isOld}
      data-testid="gallery-grid"
      data-total={list.complete ? count : undefined}
      onScroll={scroll.onScroll}
      onKeyDown={focus.onKeyDown}
      // A click opens an image, so the scroll position is first written to the history entry that Back returns to.
      onClickCapture={scroll.restNow}
      tabIndex={-1}
      className={`min-h-0 grow overflow-y-auto overscroll-contain [overflow-anchor:none] max-md:h-[calc(100dvh-7rem)] max-md:shrink-0 max-md:grow-0 ${isOld ? 'opacity-50' : ''}`}
    >
      <div
        role="presentation"
        className="relative"
        style={{ height: scrollHeight({ content: layout.height, viewport: size.height }) }}
      >
        <FlightContext value={flight}>
          {size.width > 0 &&
            drawn.map(({ index, row }) => (
              <GridRowView
                key={index}
                index={index}
                row={row}
                top={row.top + scroll.shift}
                cells={cells}
                ids={list.ids}
                captions={captions}
                tabStop={tabStop}
                masks={view.overlay ? 'all' : 'none'}
                upright={view.upright}
                turn={view.turn}
                pictures={pictures}
                query={query}
                onActive={setActive}
                picks={picks}
              />
            ))}
        </FlightContext>
      </div>
    </div>
  )
}

/** The rows in sight, and the row with the focus, which must stay rendered. */
function rowsToDraw(
  first: number,
  last: number,
  rows: number,
  hasFocus: boolean,
  focused: () => number,
): number[] {
  const end = Math.min(last, rows - 1)
  const drawn = Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => first + i)
  if (!hasFocus || rows === 0) return drawn
  const row = focused()
  return row >= first && row <= end ? drawn : [...drawn, row]
}
