import { type Pause, timeSlice } from '../async/time-slice'
import { type ImageAreas, MAX_AREA, UNKNOWN_AREA_SUM } from '../counts/image-areas'
import type { ColumnEngine } from '../engine/engine'
import type { Dimensions } from '../filter/dimensions'
import type { Selection } from '../filter/selection'
import { firstImagesSql, type Order, partSql, type SqlOrder } from './gallery-order'
import { type ImageRow, imageRows } from './image-rows'
import { seededHash } from './seeded-hash'
import { sortIds } from './sort-ids'
import type { IdRange } from './where'

/** The images of a filter in order; the first lists have only the beginning. */
export interface ImageList {
  readonly ids: Uint32Array
  /**
   * Position of each case's first image, ascending from 0; null until the list is complete, and without `byCase`.
   */
  readonly caseStarts: Uint32Array | null
  readonly complete: boolean
}

/** More pictures than any screen shows at first. */
const FIRST = 400

/** Images that one query reads: after some 50 ms it ends, and the query of a newer filter can begin. */
const PART = 1 << 18
const FIRST_PART = 1 << 15

export interface ListOptions {
  /** Images of the whole manifest: ids are 0 to `images` - 1. */
  readonly images: number
  /** Also find where cases begin; for the manifest's order only. */
  readonly byCase: boolean
  /** The sums of mask areas; called only for the order by area. */
  readonly areas: () => Promise<ImageAreas>
  /** Images that the first query reads; later queries read more. */
  readonly firstPart?: number
  readonly signal?: AbortSignal
}

/**
 * The images of a selection in an order: first the beginning of the list, then longer lists, and last the
 * complete list.
 *
 * @throws the signal's reason if it is aborted, after the query of at most one part.
 */
export async function* listImages(
  engine: ColumnEngine,
  selection: Selection,
  order: Order,
  options: ListOptions,
): AsyncGenerator<ImageList> {
  if (order.by !== 'area')
    return yield* listInSql(engine, selection, { ...order, by: order.by }, options)
  const { areas, signal } = options
  const found = await areas()
  const ids = await sortIds(found.ids, keysOf(found, order.descending), timeSlice(), signal)
  yield { ids, caseStarts: null, complete: true }
}

/** Keys that sort images ascending; images that are not measured come last in both directions. */
const keysOf = ({ areas }: ImageAreas, descending: boolean): Uint32Array =>
  descending ? areas.map(area => (area === UNKNOWN_AREA_SUM ? area : MAX_AREA - area)) : areas

async function* listInSql(
  engine: ColumnEngine,
  selection: Selection,
  order: SqlOrder,
  { images, byCase, firstPart = FIRST_PART, signal }: ListOptions,
): AsyncGenerator<ImageList> {
  let shown = 0
  // Areas are read from the masks, part by part: a query over all of them takes a second.
  if (selection.area === null) {
    const [ids] = await engine.uints(firstImagesSql(selection, order, FIRST), signal)
    if (!ids) throw new Error('listImages: no column')
    const complete = ids.length < FIRST && !byCase
    yield { ids, caseStarts: null, complete }
    if (complete) return
    shown = ids.length
  }
  const inOrder = order.by === 'dataset'
  const ids = new Uint32Array(images)
  const keys = inOrder && !byCase ? null : new Uint32Array(images)
  const pause = timeSlice()
  let known = 0
  for (const part of partsOf(images, firstPart, inOrder && order.descending)) {
    const query = partSql(selection, order, part, byCase)
    const [found, key] = await engine.uints(query, signal)
    if (!found) throw new Error('listImages: no column')
    ids.set(found, known)
    if (key) keys?.set(key, known)
    known += found.length
    if (inOrder && known > shown) {
      shown = known
      yield { ids: ids.subarray(0, known), caseStarts: null, complete: false }
    }
    await pause()
  }
  const list = ids.subarray(0, known)
  const listKeys = keys?.subarray(0, known)
  if (!listKeys) yield { ids: list, caseStarts: null, complete: true }
  else if (inOrder)
    yield { ids: list, caseStarts: await startsOfRuns(listKeys, pause), complete: true }
  else {
    if (order.by === 'shuffle') await hashAll(list, order.seed, listKeys, pause)
    const sorted = await sortIds(list, listKeys, pause, signal)
    yield { ids: sorted, caseStarts: null, complete: true }
  }
}

/**
 * Some images of a selection at random: the first ones of the shuffle of a seed.
 *
 * @returns At most `count`, in the shuffle's order.
 */
export async function sampleImages(
  engine: ColumnEngine,
  dimensions: Dimensions,
  selection: Selection,
  count: number,
  seed: number,
  signal?: AbortSignal,
): Promise<ImageRow[]> {
  const order: SqlOrder = { by: 'shuffle', descending: false, seed }
  const [ids] = await engine.uints(firstImagesSql(selection, order, count), signal)
  const rows = await imageRows(engine, dimensions, [...(ids ?? [])], signal)
  const byId = new Map(rows.map(row => [row.imageId, row]))
  return [...(ids ?? [])].flatMap(id => byId.get(id) ?? [])
}

/** The parts get larger, so that the beginning of the list is known soon. */
function partsOf(images: number, firstPart: number, descending: boolean): IdRange[] {
  const parts: IdRange[] = []
  let size = firstPart
  for (let done = 0; done < images; size = Math.min(2 * size, PART)) {
    const end = Math.min(done + size, images)
    parts.push(descending ? { from: images - end, to: images - done } : { from: done, to: end })
    done = end
  }
  return parts
}

const BLOCK = 1 << 16

async function hashAll(ids: Uint32Array, seed: number, keys: Uint32Array, pause: Pause) {
  for (let start = 0; start < ids.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, ids.length)
    for (let i = start; i < end; i++) keys[i] = seededHash(ids[i] as number, seed)
    await pause()
  }
}

/** Positions at which a value differs from the one before it. */
async function startsOfRuns(values: Uint32Array, pause: Pause): Promise<Uint32Array> {
  const starts = new Uint32Array(values.length)
  let runs = 0
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, values.length)
    for (let i = start; i < end; i++) if (i === 0 || values[i] !== values[i - 1]) starts[runs++] = i
    await pause()
  }
  return starts.slice(0, runs)
}
