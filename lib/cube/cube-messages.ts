import type { Counts } from '../counts/counts'
import type { ImageAreas } from '../counts/image-areas'
import type { CaseTotals } from '../counts/totals'
import type { WantedFile } from '../engine/parquet-messages'
import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import type { TableName } from '../manifest/tables'
import type { LabelAreas } from './label-areas'
import type { LabelPartner } from './label-partners'
import type { PairColumns, PairCount, PairRows } from './pair-counts'
import type { RowTable } from './row-loader'

/** Messages between the page and its cube worker. */
export type CubeRequest =
  | {
      readonly type: 'load'
      /** The files of one table are in the order of its rows. */
      readonly files: readonly (WantedFile & {
        readonly table: TableName
        readonly file: string
        readonly rows: number
      })[]
      readonly wasmUrl: string
    }
  | {
      readonly type: 'count'
      readonly id: number
      readonly filter: Filter
    }
  | { readonly type: 'cases'; readonly id: number; readonly filter: Filter }
  | { readonly type: 'areas'; readonly id: number; readonly filter: Filter }
  | {
      readonly type: 'pairs'
      readonly id: number
      readonly filter: Filter
      readonly rowsBy: PairRows
      readonly columnsBy: PairColumns
    }
  | {
      readonly type: 'label-areas'
      readonly id: number
      readonly filter: Filter
    }
  | {
      readonly type: 'partners'
      readonly id: number
      readonly label: string
    }

  /** So many rows will follow. */
  | { readonly type: 'expect-rows'; readonly images: number; readonly masks: number }
  /** The next rows of a table, as a complete Arrow IPC stream. */
  | { readonly type: 'rows'; readonly table: RowTable; readonly ipc: Uint8Array }
  /** All rows were sent; the reply is `rows-ready`. */
  | { readonly type: 'end-rows'; readonly id: number }

export type CubeReply =
  | { readonly type: 'received'; readonly bytes: number }
  | { readonly type: 'ready'; readonly dimensions: Dimensions }
  | { readonly type: 'failed'; readonly file: string | null; readonly message: string }
  | { readonly type: 'counts'; readonly id: number; readonly counts: Counts }
  | { readonly type: 'cases'; readonly id: number; readonly totals: CaseTotals }
  | { readonly type: 'areas'; readonly id: number; readonly areas: ImageAreas }
  | { readonly type: 'rows-ready'; readonly id: number }
  | { readonly type: 'pairs'; readonly id: number; readonly pairs: readonly PairCount[] }
  | { readonly type: 'label-areas'; readonly id: number; readonly labels: readonly LabelAreas[] }
  | { readonly type: 'partners'; readonly id: number; readonly partners: readonly LabelPartner[] }
  | { readonly type: 'error'; readonly id: number; readonly message: string }
