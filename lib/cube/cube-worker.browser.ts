/// <reference lib="webworker" />
import { type Table, tableFromIPC, type Vector } from 'apache-arrow'
import { assertHash, decode, download, startParquet } from '../engine/parquet-files.browser.ts'
import type { DatasetRow, Dimensions, LabelRow, SubmodalityRow } from '../filter/dimensions'
import type { TableName } from '../manifest/tables'
import { countCube } from './count-cube'
import { countInRows } from './count-in-rows'
import type { Cube } from './cube'
import type { CubeReply, CubeRequest } from './cube-messages'
import { type Column, CUBE_TABLES, type CubeColumns, cubeOf } from './cube-of'
import { pairCellsOfCube, pairCellsOfRows } from './pair-cells'
import { countPairs } from './pair-counts'
import { planCount } from './planner'
import { addBatch } from './row-batch.browser.ts'
import type { RowTable } from './row-columns'
import { emptyRows, indexMasks, type Rows } from './rows'

/**
 * Runs in a worker: loads the cube tables once and counts filters from them in about ten
 * milliseconds; takes in the rows later, for the filters that only they answer.
 */

declare const self: DedicatedWorkerGlobalScope

let loaded: { cube: Cube; dimensions: Dimensions } | undefined
let arriving: { rows: Rows; come: Record<RowTable, number> } | undefined
/** Set once all rows are there. */
let allRows: Rows | undefined

self.onmessage = ({ data }: MessageEvent<CubeRequest>) => {
  if (data.type === 'load') return load(data)
  if (data.type === 'expect-rows') return expectRows(data)
  if (data.type === 'rows') return addRows(data)
  try {
    if (!loaded) throw new Error('the cubes are not loaded')
    reply(answer(data, loaded))
  } catch (cause) {
    reply({ type: 'error', id: data.id, message: messageOf(cause) })
  }
}

type Request<Type> = Extract<CubeRequest, { type: Type }>

function expectRows({ images, masks }: Request<'expect-rows'>) {
  arriving = { rows: emptyRows(images, masks), come: { images: 0, masks: 0 } }
  allRows = undefined
}

/** What went wrong with the rows, told when they end. */
let rowsFailed: unknown

function addRows({ table, ipc }: Request<'rows'>) {
  try {
    if (!arriving) throw new Error('no rows are expected')
    arriving.come[table] += addBatch(arriving.rows, table, ipc, arriving.come[table])
  } catch (cause) {
    rowsFailed = cause
  }
}

function endRows() {
  if (rowsFailed) throw rowsFailed
  if (!arriving) throw new Error('no rows came')
  const { rows, come } = arriving
  if (come.images !== rows.images.dataset.length || come.masks !== rows.masks.label.length)
    throw new Error(`${come.images} images and ${come.masks} masks came, which are not all`)
  indexMasks(rows)
  allRows = rows
  arriving = undefined
}

function answer(
  data: Request<'count' | 'pairs' | 'end-rows'>,
  { cube, dimensions }: NonNullable<typeof loaded>,
): CubeReply {
  const { id } = data
  if (data.type === 'end-rows') {
    endRows()
    return { type: 'rows-ready', id }
  }
  const { filter, unions } = data
  const { path } = planCount(filter)
  const rows = () => {
    if (!allRows) throw new Error('the rows are not loaded yet')
    return allRows
  }
  if (data.type === 'count') {
    const counts =
      path === 'cubes'
        ? countCube(cube, dimensions, filter, unions)
        : countInRows(rows(), dimensions, filter, unions)
    return { type: 'counts', id, counts, path }
  }
  const cells =
    path === 'cubes'
      ? pairCellsOfCube(cube, dimensions, filter)
      : pairCellsOfRows(rows(), dimensions, filter)
  const pairs = countPairs(cells, dimensions, unions, data.rowsBy, data.columnsBy)
  return { type: 'pairs', id, pairs }
}

const reply = (message: CubeReply) => self.postMessage(message)
const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

async function load({ files, wasmUrl }: Request<'load'>) {
  const started = startParquet(wasmUrl)
  const tables = new Map<TableName, Table[]>()
  await Promise.all(
    files.map(async file => {
      try {
        const [blob] = await Promise.all([
          download(file, bytes => reply({ type: 'received', bytes })),
          started,
        ])
        await assertHash(blob, file)
        const batches: Table[] = []
        for await (const ipc of decode(blob, file.columns)) batches.push(tableFromIPC(ipc))
        const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0)
        if (rows !== file.rows)
          throw new Error(`${rows} rows arrived, the manifest lists ${file.rows}`)
        tables.set(file.table, batches)
      } catch (cause) {
        reply({ type: 'failed', table: file.table, message: messageOf(cause) })
        throw cause
      }
    }),
  ).then(
    () => {
      const dimensions = dimensionsOf(tables)
      loaded = { cube: cubeOf(columnsOf(tables)), dimensions }
      reply({ type: 'ready', dimensions })
    },
    // Told above, by table.
    () => {},
  )
}

const rowsOf = <Row>(tables: Map<TableName, Table[]>, name: TableName): Row[] =>
  (tables.get(name) ?? []).flatMap(batch => batch.toArray().map(row => row.toJSON() as Row))

const dimensionsOf = (tables: Map<TableName, Table[]>): Dimensions => ({
  datasets: rowsOf<DatasetRow>(tables, 'datasets'),
  submodalities: rowsOf<SubmodalityRow>(tables, 'submodalities'),
  labels: rowsOf<LabelRow>(tables, 'labels'),
})

function columnsOf(tables: Map<TableName, Table[]>): CubeColumns {
  const columns = (name: TableName) => {
    const batches = tables.get(name) ?? []
    const [first, ...rest] = batches
    const whole = rest.length > 0 ? first?.concat(...rest) : first
    return Object.fromEntries(
      (whole?.schema.fields ?? []).map(({ name: column }) => [
        column,
        columnOf(whole?.getChild(column) as Vector),
      ]),
    )
  }
  return Object.fromEntries(CUBE_TABLES.map(name => [name, columns(name)])) as CubeColumns
}

// A typed array has no place for nulls.
const columnOf = (vector: Vector): Column => (vector.nullCount > 0 ? vector : vector.toArray())
