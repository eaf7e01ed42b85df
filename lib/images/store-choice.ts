import { namesArchive } from '../archive/piece-names'

/** The image store that `--images` or SAMED2D_IMAGES choose. */
export type StoreChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'phantom' }
  | { readonly kind: 'directory' | 'archive'; readonly place: string }

/** Values that are not paths; a folder with such a name is written ./phantom. */
const WORDS = ['none', 'phantom'] as const

/**
 * Read the choice of an image store.
 *
 * @param text A release folder, a ZIP (path or URL), `phantom` or `none`. Undefined or empty is `phantom` for a
 *   simulated manifest, else `none`.
 */
export function parseStoreChoice(text: string | undefined, simulated: boolean): StoreChoice {
  if (!text) return { kind: simulated ? 'phantom' : 'none' }
  const word = WORDS.find(each => each === text)
  if (word) return { kind: word }
  return { kind: namesArchive(text) ? 'archive' : 'directory', place: text }
}
