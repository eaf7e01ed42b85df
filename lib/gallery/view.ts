import { ORDERS, type Order, type OrderName } from '../queries/gallery-order'

/** How wide a picture may be in the grid, CSS px. */
export const DENSITIES = [96, 128, 160, 200, 256, 320] as const
export type Density = (typeof DENSITIES)[number]

/** How the gallery shows a filter; all of it is in the address. */
export interface GalleryView {
  readonly order: Order
  /** Under a heading for each case; only in the manifest's order. */
  readonly byCase: boolean
  readonly density: Density
  /** Masks are drawn over the pictures. */
  readonly overlay: boolean
  /** Position of the first picture in sight, from 0. */
  readonly at: number
  /** Id of the image that is open; null if none is. */
  readonly image: number | null
}

/** Its keys in the address. `at` and `image` are about one list of images, the others are not. */
export const GALLERY_KEYS = ['order', 'seed', 'group', 'thumb', 'overlay', 'at', 'image'] as const
export type GalleryKey = (typeof GALLERY_KEYS)[number]

export const DEFAULT_VIEW: GalleryView = {
  order: { by: 'dataset', descending: false, seed: 1 },
  byCase: false,
  density: 160,
  overlay: true,
  at: 0,
  image: null,
}

/** Query string → view. Never throws: what makes no sense is as if it were not there. */
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
    at: wholeIn(params, 'at') ?? 0,
    image: wholeIn(params, 'image'),
  }
}

/** The values that a change of the view has in the address; null for those that need not stand there. */
export function viewPairs(view: GalleryView): Record<GalleryKey, string | null> {
  const { by, descending, seed } = view.order
  const order = `${descending ? '-' : ''}${by}`
  return {
    order: order === DEFAULT_VIEW.order.by ? null : order,
    seed: by === 'shuffle' ? String(seed) : null,
    group: view.byCase && by === 'dataset' ? 'case' : null,
    thumb: view.density === DEFAULT_VIEW.density ? null : String(view.density),
    overlay: view.overlay ? null : '0',
    at: view.at === 0 ? null : String(view.at),
    image: view.image === null ? null : String(view.image),
  }
}

/** Titles of the orders, and what their two directions are called. */
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
