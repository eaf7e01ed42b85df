import type { SplitName } from '../recipe'
import type { SubsetImage } from '../subset-image'

/** Facts about a subset that are written to its files. */
export interface SubsetFacts {
  readonly name: string
  readonly manifest: { readonly name: string; readonly id: string; readonly simulated: boolean }
  /** Names of the subset's labels, in order. */
  readonly labels: readonly string[]
  /** Modalities of the images. */
  readonly modalities: readonly string[]
  /** Number of images in train and val; all images without a split. */
  readonly training: number
  readonly hasSplits: boolean
  /** Number of folds of train, for cross-validation; 0 without folds. */
  readonly folds: number
  /** Whether an image store can supply the pixels of masks. */
  readonly hasPixels: boolean
}

/** A list within a file. Each pass reads the images again, so that no writer holds more than a batch. */
export interface Pass {
  /** Read only images in these splits; all images if absent. */
  readonly splits?: readonly SplitName[]
  /** Of these, read only images in a fold, or only images outside it. */
  readonly fold?: { readonly nth: number; readonly isIn: boolean }
  /**
   * Which data of the images to read. Each level includes the ones before: images, masks, areas (with boxes), pixels.
   */
  readonly needs: 'images' | 'masks' | 'areas' | 'pixels'
  /** Text before the first item, between two items, and after the last item. */
  readonly open: string
  readonly between: string
  readonly close: string
  /** Text of an empty list. */
  readonly empty: string
  /**
   * Text of an image's items, with `between` as separator; '' for none.
   *
   * @throws UserError if the format needs a value that is unknown.
   */
  readonly itemOf: (image: SubsetImage) => string
}

/** The passes of a file. Their texts follow each other in the file. */
export type Writer = (facts: SubsetFacts) => readonly Pass[]

/** Approximate number of characters per piece of text. */
const PIECE = 1 << 18

/**
 * The text of a pass, in large pieces.
 *
 * @param batches Images in batches.
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
