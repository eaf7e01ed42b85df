/** Where `--images` and SAMED2D_IMAGES say that pictures come from. */
export type StoreChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'phantom' }
  | { readonly kind: 'directory' | 'archive'; readonly place: string }

/** The words that stand for a store of their own; a folder of that name is written ./phantom. */
const WORDS = ['none', 'phantom'] as const

/**
 * Read the choice of an image store.
 *
 * @param text A release folder, a ZIP (path or http address), `phantom` or `none`; undefined or
 *   empty is what suits the manifest: phantoms for a simulated one, nothing for any other.
 */
export function parseStoreChoice(text: string | undefined, simulated: boolean): StoreChoice {
  if (!text) return { kind: simulated ? 'phantom' : 'none' }
  const word = WORDS.find(each => each === text)
  if (word) return { kind: word }
  const isArchive = /^https?:\/\//i.test(text) || /\.zip$/i.test(text)
  return { kind: isArchive ? 'archive' : 'directory', place: text }
}
