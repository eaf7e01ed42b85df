import type { SplitName } from '../recipe'
import type { SubsetImage } from '../subset-image'

/** Facts about a subset that its files state. */
export interface SubsetFacts {
  readonly name: string
  readonly manifest: { readonly name: string; readonly id: string; readonly simulated: boolean }
  /** Names of the subset's labels, in order. */
  readonly labels: readonly string[]
  /** Modalities of the subset's images. */
  readonly modalities: readonly string[]
  /** Number of images in train and val; of all images where there is no split. */
  readonly training: number
  readonly hasSplits: boolean
  /** Folds of train, for cross-validation; 0 without. */
  readonly folds: number
  /** Whether an image store gives the pixels of masks. */
  readonly hasPixels: boolean
}

/** One list within a file. Each pass reads the images again, so that no writer holds more than a batch of them. */
export interface Pass {
  /** Reads only images in these splits; all images if absent. */
  readonly splits?: readonly SplitName[]
  /** Of these, reads only images in one fold, or only those in none of it. */
  readonly fold?: { readonly nth: number; readonly isIn: boolean }
  /** What of the images is read: masks include images, areas include masks (and boxes), pixels include areas. */
  readonly needs: 'images' | 'masks' | 'areas' | 'pixels'
  /** Text before the first item, between two items, and after the last item. */
  readonly open: string
  readonly between: string
  readonly close: string
  /** Text of the list without items. */
  readonly empty: string
  /**
   * Text of an image's items, with `between` between them; '' for none.
   *
   * @throws UserError if the format needs a value that is not known.
   */
  readonly itemOf: (image: SubsetImage) => string
}

/** The passes whose texts make the file, one after the other. */
export type Writer = (facts: SubsetFacts) => readonly Pass[]

/** Characters of a piece of text, about. */
const PIECE = 1 << 18

/**
 * The text of one pass, in large pieces.
 *
 * @param batches Images, many at a time.
 */
export async function* passText(
  pass: Pass,
  batches: AsyncIterable<readonly SubsetImage[]>,
): AsyncGenerator<string> {
  const { open, between, close, empty, itemOf } = pass
  let text = ''
  let before = open
  let hasItems = false
  for await (const batch of batches)
    for (const image of batch) {
      const item = itemOf(image)
      if (item === '') continue
      text += before
      text += item
      before = between
      hasItems = true
      if (text.length < PIECE) continue
      yield text
      text = ''
    }
  yield hasItems ? text + close : empty
}
