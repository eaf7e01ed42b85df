import type { SplitName } from '../recipe'
import type { SubsetImage } from '../subset-image'

/** What a form says of the subset as a whole. */
export interface SubsetFacts {
  readonly name: string
  readonly manifest: { readonly name: string; readonly id: string; readonly simulated: boolean }
  /** Names of its labels, in order. */
  readonly labels: readonly string[]
  /** How many images are on train and val; without a split all. */
  readonly training: number
  readonly hasSplits: boolean
  /** Whether the masks' pixels can be had. */
  readonly hasPixels: boolean
}

/**
 * One list within a form's file. The images are gone through once for each pass, so that no form holds
 * more than a batch of them.
 */
export interface Pass {
  /** Only images on these sides of a split; else all. */
  readonly splits?: readonly SplitName[]
  /** Whether it looks at masks, at their areas and boxes, and at their pixels. */
  readonly needs: 'images' | 'masks' | 'areas' | 'pixels'
  /** What stands before the first item, between two, and after the last one. */
  readonly open: string
  readonly between: string
  readonly close: string
  /** What stands in place of all that where there is no item. */
  readonly empty: string
  /**
   * Items of an image, with what stands between them; '' for none.
   *
   * @throws UserError if the form needs what is not known.
   */
  readonly itemOf: (image: SubsetImage) => string
}

/** The passes whose texts, one after the other, are the file. */
export type Form = (facts: SubsetFacts) => readonly Pass[]

/** Text is handed on in pieces of about this many characters. */
const PIECE = 1 << 18

/**
 * Text of one pass, in large pieces.
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
