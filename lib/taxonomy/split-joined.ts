import curated from '../../data/label-rules.json'

const LESION_END = new RegExp(`^(.{4,}?)(${curated.lesionWords.join('|')})$`)

/** Shorter names are abbreviations, which other rules read. */
const MIN_LENGTH = 7

/**
 * The words of a name that is written without separators: `rightkidney`, `livertumor`. Only sides and
 * lesion words are taken off; the rest stays one word, which patterns may know with separators
 * (`portalvein`).
 *
 * @returns null if the name is not a single long word.
 */
export function splitJoined(words: readonly string[]): string[] | null {
  const [word, ...others] = words
  if (word === undefined || others.length > 0 || word.length < MIN_LENGTH) return null
  const [, before = '', middle = word, after = ''] =
    /^(left|right)?(.{4,}?)(left|right)?$/.exec(word) ?? []
  const [, anatomy = middle, lesion = ''] = LESION_END.exec(middle) ?? []
  return [before, anatomy, lesion, after].filter(part => part !== '')
}
