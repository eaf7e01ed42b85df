import type { Counts } from '../counts/counts'
import type { ImageAreas } from '../counts/image-areas'
import type { CaseTotals } from '../counts/totals'
import { ENGINE_URLS } from '../engine/assets'
import type { ManifestFiles } from '../engine/read-tables.browser.ts'
import { UserError } from '../errors'
import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { filesOf } from '../manifest/files-of'
import { browserColumns, tablesOf } from '../manifest/tables'
import type { CubeReply, CubeRequest } from './cube-messages'
import type { LabelAreas } from './label-areas'
import type { LabelPartner } from './label-partners'
import type { PairColumns, PairCount, PairRows } from './pair-counts'
import type { RowTable } from './row-loader'

/** Counts filters in a worker, from the cubes or the rows: `planCount` says which. */
export interface CubeClient {
  readonly dimensions: Dimensions
  /** @throws Error if the filter needs the rows, and they are not loaded. */
  count(filter: Filter): Promise<Counts>
  /** Distinct cases with a selected image, and patients. @throws Error if the rows are not loaded. */
  cases(filter: Filter): Promise<CaseTotals>
  /** As `imageAreas`. @throws Error if the rows are not loaded. */
  areas(filter: Filter): Promise<ImageAreas>
  /** As `countPairs`. */
  pairs(filter: Filter, rowsBy: PairRows, columnsBy: PairColumns): Promise<readonly PairCount[]>
  /** As `labelAreas`. @throws Error if the filter needs the rows, and they are not loaded. */
  labelAreas(filter: Filter): Promise<readonly LabelAreas[]>
  /** As `labelPartners`. */
  partners(label: string): Promise<readonly LabelPartner[]>
  /** Add the rows, in the order of the tables; `images` and `masks` are their numbers. */
  loadRows(images: number, masks: number): RowSink
  close(): void
}

export interface RowSink {
  /** The next rows of a table, as a complete Arrow IPC stream. */
  add(table: RowTable, ipc: Uint8Array): void
  /** Resolves when all rows can be counted. @throws Error if their number is not the expected one. */
  end(): Promise<void>
}

/** Replies that settle a question. */
type AnswerType = Exclude<CubeReply['type'], 'received' | 'ready' | 'failed' | 'error'>

/**
 * Load a manifest's cubes.
 *
 * @param onProgress Called with the bytes received so far and the bytes in total.
 * @param signal Ends the worker when aborted.
 * @throws UserError that names the file, if one cannot be downloaded or differs from the list.
 */
export function openCube(
  manifest: ManifestFiles,
  onProgress: (progress: { bytes: number; bytesTotal: number }) => void,
  signal: AbortSignal,
): Promise<CubeClient> {
  const worker = new Worker(new URL('./cube-worker.browser.ts', import.meta.url), {
    type: 'module',
    name: 'cube',
  })
  const close = () => worker.terminate()
  signal.addEventListener('abort', close, { once: true })
  const send = (message: CubeRequest) => worker.postMessage(message)
  const base = new URL(manifest.baseUrl, location.href)
  const files = tablesOf('cubes').flatMap(table => {
    const columns = browserColumns(table)
    return filesOf(manifest, table).map(({ file, bytes, rows, sha256 }) => {
      return { table, file, url: new URL(file, base).href, bytes, rows, sha256, columns }
    })
  })
  const bytesTotal = files.reduce((sum, file) => sum + file.bytes, 0)
  let bytes = 0
  const waiting = new Map<
    number,
    { resolve: (reply: CubeReply) => void; reject: (e: Error) => void }
  >()
  let next = 0
  const ask = <Type extends AnswerType>(
    request: (id: number) => CubeRequest,
    type: Type,
  ): Promise<Extract<CubeReply, { type: Type }>> =>
    new Promise((resolve, reject) => {
      const id = next++
      const settle = (reply: CubeReply) =>
        reply.type === type
          ? resolve(reply as Extract<CubeReply, { type: Type }>)
          : reject(new Error(`the cubes answered ${reply.type} instead of ${type}`))
      waiting.set(id, { resolve: settle, reject })
      send(request(id))
    })
  const count: CubeClient['count'] = async filter =>
    (await ask(id => ({ type: 'count', id, filter }), 'counts')).counts
  const cases: CubeClient['cases'] = async filter =>
    (await ask(id => ({ type: 'cases', id, filter }), 'cases')).totals
  const areas: CubeClient['areas'] = async filter =>
    (await ask(id => ({ type: 'areas', id, filter }), 'areas')).areas
  const pairs: CubeClient['pairs'] = async (filter, rowsBy, columnsBy) =>
    (await ask(id => ({ type: 'pairs', id, filter, rowsBy, columnsBy }), 'pairs')).pairs
  const labelAreas: CubeClient['labelAreas'] = async filter =>
    (await ask(id => ({ type: 'label-areas', id, filter }), 'label-areas')).labels
  const partners: CubeClient['partners'] = async label =>
    (await ask(id => ({ type: 'partners', id, label }), 'partners')).partners
  const loadRows: CubeClient['loadRows'] = (images, masks) => {
    send({ type: 'expect-rows', images, masks })
    return {
      add: (table, ipc) => send({ type: 'rows', table, ipc }),
      end: async () => {
        await ask(id => ({ type: 'end-rows', id }), 'rows-ready')
      },
    }
  }
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      close()
      const error = new UserError(message)
      reject(error)
      for (const one of waiting.values()) one.reject(error)
    }
    worker.onerror = event => fail(`The counts stopped: ${event.message || 'their worker crashed'}`)
    worker.onmessage = ({ data }: MessageEvent<CubeReply>) => {
      if (data.type === 'received') {
        bytes += data.bytes
        onProgress({ bytes, bytesTotal })
      } else if (data.type === 'ready') {
        const counts = { count, cases, areas, pairs, labelAreas, partners }
        resolve({ dimensions: data.dimensions, ...counts, loadRows, close })
      } else if (data.type === 'failed') {
        fail(
          `${data.file ?? 'The data'} could not be loaded: ${data.message}; retry, or write the manifest again`,
        )
      } else {
        const one = waiting.get(data.id)
        waiting.delete(data.id)
        if (data.type === 'error') one?.reject(new Error(data.message))
        else one?.resolve(data)
      }
    }
    send({ type: 'load', files, wasmUrl: new URL(ENGINE_URLS.parquetWasm, location.href).href })
  })
}
