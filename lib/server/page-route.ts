import { nameIn } from '../catalog/paths'
import { NAME_PLACEHOLDER } from '../first/placeholders.mjs'

/** A page of the app: the exported file that shows it, and the dataset or label that it is about. */
export interface PageRoute {
  /** Name of the exported file without its extension: `gallery`, or `labels/` with `NAME_PLACEHOLDER`. */
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
    return { file: `${kind}/${NAME_PLACEHOLDER}`, about: { kind, name: nameIn(name) } }
  return has(file) ? { file, about: null } : null
}
