/// <reference lib="webworker" />

import { type Table, tableFromIPC } from 'apache-arrow'
import { inTurns, type Steps } from '../async/steps'
import { assertHash, decode, download, startParquet } from '../engine/parquet-files.browser.ts'
import { messageOf } from '../errors'
import type { DatasetRow, Dimensions, LabelRow, SubmodalityRow } from '../filter/dimensions'
import type { TableName } from '../manifest/tables'
import { columnsOf } from './arrow-columns.browser.ts'
import { makeTables } from './cell-table'
import { count } from './count'
import { countCases } from './count-cases'
import type { CubeReply, CubeRequest } from './cube-messages'
import { CUBE_TABLES, type CubeColumns, cubeOf } from './cube-of'
import { imageAreas } from './image-areas'
import { labelAreas } from './label-areas'
import { labelPartners } from './label-partners'
import { pairCellsOf } from './pair-cells'
import { countPairs } from './pair-counts'
import { addBatches } from './row-batch.browser.ts'
import { type RowLoader, rowLoader } from './row-loader'
import type { Source } from './source'
import { warmUp } from './warm-up'

/**
 * Runs in a worker: loads the cube tables once and counts filters from them in about ten milliseconds. The rows are
 * added later, for the filters that need them.
 */

declare const self: DedicatedWorkerGlobalScope

let loaded: Source | undefined
let loader: RowLoader | undefined
/** Why adding rows failed; reported when the page has sent all of them. */
let rowsFailed: unknown

self.onmessage = ({ data }: MessageEvent<CubeRequest>) => {
  if (data.type === 'load') return load(data)
  if (data.type === 'expect-rows') return expectRows(data)
  if (data.type === 'rows') return addRows(data)
  settle(data)
}

type Question = Request<
  'count' | 'cases' | 'areas' | 'pairs' | 'label-areas' | 'partners' | 'end-rows'
>

/** Counts are answered at once; longer work pauses for them. */
async function settle(data: Question) {
  try {
    if (!loaded) throw new Error('the cubes are not loaded')
    reply(await inTurns(answer(data, loaded), nextTurn))
    whenIdle(data.type === 'end-rows' ? warmUp(loaded) : makeTables(loaded.cube))
  } catch (cause) {
    reply({ type: 'error', id: data.id, message: messageOf(cause) })
  }
}

const nextTurn = () => new Promise<void>(resolve => setTimeout(resolve))

type Request<Type> = Extract<CubeRequest, { type: Type }>

function expectRows({ images, masks }: Request<'expect-rows'>) {
  if (loaded) loader = rowLoader(loaded.cube, loaded.dimensions.labels.length, images, masks)
}

function addRows({ table, ipc }: Request<'rows'>) {
  try {
    if (!loader) throw new Error('no rows are expected')
    addBatches(loader, table, ipc)
  } catch (cause) {
    rowsFailed = cause
  }
}

function endRows() {
  if (rowsFailed) throw rowsFailed
  if (!loader || !loaded) throw new Error('no rows were received')
  loaded = { ...loaded, rows: loader.end() }
  loader = undefined
}

function* answer(data: Question, source: Source): Steps<CubeReply> {
  const { id } = data
  if (data.type === 'end-rows') {
    endRows()
    return { type: 'rows-ready', id }
  }
  if (data.type === 'cases')
    return { type: 'cases', id, totals: yield* countCases(source, data.filter) }
  if (data.type === 'areas')
    return { type: 'areas', id, areas: yield* imageAreas(source, data.filter) }
  if (data.type === 'partners') {
    const { cube, dimensions } = source
    return { type: 'partners', id, partners: labelPartners(cube, dimensions, data.label) }
  }
  const { filter } = data
  if (data.type === 'label-areas')
    return { type: 'label-areas', id, labels: yield* labelAreas(source, filter) }
  if (data.type === 'count') return { type: 'counts', id, counts: count(source, filter) }
  const cells = pairCellsOf(source, filter)
  const pairs = yield* countPairs(cells, source.dimensions, data.rowsBy, data.columnsBy)
  return { type: 'pairs', id, pairs }
}

/** Transfers long columns instead of copying them. */
const reply = (message: CubeReply) =>
  self.postMessage(
    message,
    message.type === 'areas' ? [message.areas.ids.buffer, message.areas.areas.buffer] : [],
  )

async function load({ files, wasmUrl }: Request<'load'>) {
  const started = startParquet(wasmUrl)
  const loading = files.map(async file => {
    try {
      return await tablesIn(file, started)
    } catch (cause) {
      reply({ type: 'failed', file: file.file, message: messageOf(cause) })
      throw cause
    }
  })
  // A failure has already been reported above, with the name of its file.
  const all = await Promise.all(loading).catch(() => null)
  if (all === null) return
  try {
    const tables = new Map<TableName, Table[]>()
    for (const [i, { table }] of files.entries())
      tables.set(table, [...(tables.get(table) ?? []), ...(all[i] ?? [])])
    const dimensions = dimensionsOf(tables)
    loaded = { cube: cubeOf(cubeColumns(tables)), rows: null, dimensions }
    reply({ type: 'ready', dimensions })
    whenIdle(warmUp(loaded))
  } catch (cause) {
    reply({ type: 'failed', file: null, message: messageOf(cause) })
  }
}

async function tablesIn(
  file: Request<'load'>['files'][number],
  started: Promise<unknown>,
): Promise<Table[]> {
  const received = download(file, bytes => reply({ type: 'received', bytes }))
  const [blob] = await Promise.all([received, started])
  await assertHash(blob, file)
  const batches: Table[] = []
  for await (const ipc of decode(blob, file.columns)) batches.push(tableFromIPC(ipc))
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0)
  if (rows !== file.rows)
    throw new Error(`${rows} rows received, but the manifest lists ${file.rows}`)
  return batches
}

/** After so long without a question, work in advance keeps nobody waiting. */
const IDLE_MS = 80

let timer: ReturnType<typeof setTimeout> | undefined

/** Works in steps, so that a question waits for one step at most. New work replaces the current work. */
function whenIdle(steps: Iterator<void>) {
  clearTimeout(timer)
  const step = () => {
    if (!steps.next().done) timer = setTimeout(step)
  }
  timer = setTimeout(step, IDLE_MS)
}

const rowsOf = <Row>(tables: Map<TableName, Table[]>, name: TableName): Row[] =>
  (tables.get(name) ?? []).flatMap(batch => batch.toArray().map(row => row.toJSON() as Row))

const dimensionsOf = (tables: Map<TableName, Table[]>): Dimensions => ({
  datasets: rowsOf<DatasetRow>(tables, 'datasets'),
  submodalities: rowsOf<SubmodalityRow>(tables, 'submodalities'),
  labels: rowsOf<LabelRow>(tables, 'labels'),
})

const cubeColumns = (tables: Map<TableName, Table[]>) =>
  Object.fromEntries(
    CUBE_TABLES.map(name => [name, columnsOf(name, tables.get(name) ?? [])]),
  ) as CubeColumns
