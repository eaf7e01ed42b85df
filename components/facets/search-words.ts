/** Typed text → the words to find. Without words everything matches. */
export const searchWords = (text: string): readonly string[] =>
  plain(text)
    .split(' ')
    .filter(word => word !== '')

/** Whether a name has all the words, in any order: "left kidney" finds kidney_left. */
export const hasWords = (name: string, words: readonly string[]): boolean =>
  words.length === 0 || words.every(word => plain(name).includes(word))

const plain = (text: string) => text.toLowerCase().replaceAll(/[_\s]+/g, ' ')

/** Why a facet shows no value: the search finds none, or the filter leaves none. */
export const noneShown = (search: string): string =>
  search.trim() === '' ? 'No values under this filter.' : `No value matches “${search.trim()}”.`
