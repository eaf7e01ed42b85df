import { nameIn } from '../catalog/paths'

/** A page of the app: which exported file shows it, and whom it is about. */
export interface PageRoute {
  /** Name of the exported file without its ending, such as `gallery` or `labels/__name__`. */
  readonly file: string
  /** The dataset or label of the page; null for all other pages. */
  readonly about: { readonly kind: 'datasets' | 'labels'; readonly name: string } | null
}

/**
 * The page at a path.
 *
 * @param path As in the URL, percent-encoded, without the base path.
 * @param has Whether the app has a page of that file name.
 * @returns Null if there is none.
 */
export function pageRoute(path: string, has: (file: string) => boolean): PageRoute | null {
  const file = path === '/' ? 'index' : path.slice(1)
  const [, kind, name] = /^(datasets|labels)\/([^/]+)$/.exec(file) ?? []
  if ((kind === 'datasets' || kind === 'labels') && name !== undefined)
    return { file: `${kind}/__name__`, about: { kind, name: nameIn(name) } }
  return has(file) ? { file, about: null } : null
}
