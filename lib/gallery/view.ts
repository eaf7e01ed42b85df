import { parseTurn, type Turn } from '../axes/turn'
import type { GalleryKey } from '../filter/view-keys'
import { ORDERS, type Order, type OrderName } from '../queries/gallery-order'

/** Maximum widths of a picture in the grid, CSS px. */
export const DENSITIES = [96, 128, 160, 200, 256, 320] as const
export type Density = (typeof DENSITIES)[number]

/** How the gallery shows a filter; all of it is in the URL. */
export interface GalleryView {
  readonly order: Order
  /** Pictures are grouped by case; only in the manifest's order. */
  readonly byCase: boolean
  readonly density: Density
  /** Masks are drawn over the pictures. */
  readonly overlay: boolean
  /** Pictures are turned as in a viewer, where it is known how. */
  readonly upright: boolean
  /** How all pictures are turned; after `upright`. */
  readonly turn: Turn
  /** Position of the first picture in sight, from 0. */
  readonly at: number
  /** Id of the open image; null if none is open. */
  readonly image: number | null
}

export const DEFAULT_VIEW: GalleryView = {
  order: { by: 'dataset', descending: false, seed: 1 },
  byCase: false,
  density: 160,
  overlay: true,
  upright: false,
  turn: '0',
  at: 0,
  image: null,
}

/** Query string → view. Never throws; invalid values are ignored. */
export function parseView(query: string): GalleryView {
  const params = new URLSearchParams(query)
  const name = params.get('order') ?? DEFAULT_VIEW.order.by
  const by = ORDERS.find(one => one === name.replace(/^-/, '')) ?? DEFAULT_VIEW.order.by
  const density = DENSITIES.find(one => String(one) === params.get('thumb'))
  return {
    order: {
      by,
      descending: name.startsWith('-') && by !== 'shuffle',
      seed: wholeIn(params, 'seed') ?? DEFAULT_VIEW.order.seed,
    },
    byCase: by === 'dataset' && params.get('group') === 'case',
    density: density ?? DEFAULT_VIEW.density,
    overlay: params.get('overlay') !== '0',
    upright: params.get('upright') === '1',
    turn: parseTurn(params.get('turn')) ?? DEFAULT_VIEW.turn,
    at: wholeIn(params, 'at') ?? 0,
    image: wholeIn(params, 'image'),
  }
}

/** The values of a view in the URL; null for values that are defaults. */
export function viewPairs(view: GalleryView): Record<GalleryKey, string | null> {
  const { by, descending, seed } = view.order
  const order = `${descending ? '-' : ''}${by}`
  return {
    order: order === DEFAULT_VIEW.order.by ? null : order,
    seed: by === 'shuffle' ? String(seed) : null,
    group: view.byCase && by === 'dataset' ? 'case' : null,
    thumb: view.density === DEFAULT_VIEW.density ? null : String(view.density),
    overlay: view.overlay ? null : '0',
    upright: view.upright ? '1' : null,
    turn: view.turn === DEFAULT_VIEW.turn ? null : view.turn,
    at: view.at === 0 ? null : String(view.at),
    image: view.image === null ? null : String(view.image),
  }
}

/** Titles of the orders, and the names of their two directions. */
export const ORDER_TITLES: Readonly<Record<OrderName, string>> = {
  dataset: 'Dataset order',
  size: 'Image size (px)',
  masks: 'Number of masks',
  area: 'Area of selected masks',
  shuffle: 'Random sample',
}

function wholeIn(params: URLSearchParams, key: GalleryKey): number | null {
  const text = params.get(key)
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 ? Number(text) : null
}
