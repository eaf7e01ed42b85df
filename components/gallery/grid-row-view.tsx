import type { Turn } from '../../lib/axes/turn'
import { type Cells, GAP } from '../../lib/gallery/cells'
import type { GridRow } from '../../lib/gallery/grid-layout'
import type { ImageRow } from '../../lib/queries/image-rows'
import type { Picks } from '../picks/use-picks'
import { CaseHeading } from './case-heading'
import { Thumb } from './thumb'
import type { Pictures } from './use-pictures'

export interface GridRowViewProps {
  /** Position among the rows, from 0. */
  readonly index: number
  readonly row: GridRow
  /** px within the scrolled element. */
  readonly top: number
  readonly cells: Cells
  readonly ids: Uint32Array
  readonly captions: ReadonlyMap<number, ImageRow>
  /** The picture that Tab moves to. */
  readonly tabStop: number
  readonly masks: 'all' | 'none'
  readonly upright: boolean
  readonly turn: Turn
  readonly pictures: Pictures | null
  readonly query: string
  readonly onActive: (picture: number) => void
  readonly picks: Picks
}

/** A row of the grid: pictures, or the heading of a case. */
export function GridRowView(props: GridRowViewProps) {
  const { index, row, top, cells, ids, captions, tabStop, masks, pictures, query } = props
  const { onActive, picks, upright, turn } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no rows that come and go
    // biome-ignore lint/a11y/useFocusableInteractive: its pictures take the focus
    <div
      role="row"
      aria-rowindex={index + 1}
      className="absolute right-0 left-0 flex contain-layout"
      style={{ top, height: row.height, gap: GAP }}
    >
      {row.kind === 'head' ? (
        <CaseHeading
          row={captions.get(ids[row.first] ?? -1)}
          images={row.count}
          columns={cells.columns}
        />
      ) : (
        picturesOf(row).map((at, column) => {
          const id = ids[at] ?? null
          return (
            <Thumb
              key={at}
              index={at}
              column={column}
              id={id}
              row={id === null ? undefined : captions.get(id)}
              width={cells.cellWidth}
              height={cells.pictureHeight}
              masks={masks}
              upright={upright}
              turn={turn}
              pictures={pictures}
              query={query}
              isActive={at === tabStop}
              onActive={onActive}
              picks={picks}
            />
          )
        })
      )}
    </div>
  )
}

/** Positions of the pictures of a row. */
export const picturesOf = ({ first, count }: GridRow): number[] =>
  Array.from({ length: count }, (_, i) => first + i)
