import { plainName } from '../nearest-names'

/** Words that people use for the same thing, in plain form; narrower ones find the wider, and back. */
const SAME: readonly (readonly string[])[] = [
  ['tumor', 'tumour', 'cancer', 'carcinoma', 'neoplasm'],
  ['hemorrhage', 'haemorrhage', 'bleeding'],
  ['edema', 'oedema'],
  ['esophagus', 'oesophagus'],
  ['ischemia', 'ischaemia'],
  ['gray', 'grey'],
  ['disc', 'disk'],
]

/** Shorter beginnings of a word are part of too many names. */
const MIN_TYPED = 4

/**
 * The same text with another word for one of its words: `liver tumour` is also `liver tumor`,
 * `liver cancer`. The last word may be unfinished.
 *
 * @returns Plain forms, without the text's own; empty if no word of it has a synonym.
 */
export function synonymsOf(text: string): string[] {
  const words = text
    .split(/[^\p{L}\p{N}]+/u)
    .map(plainName)
    .filter(word => word !== '')
  const own = words.join('')
  const found = words.flatMap((word, at) =>
    othersFor(word, at === words.length - 1).map(other =>
      words.map((kept, i) => (i === at ? other : kept)).join(''),
    ),
  )
  return [...new Set(found)].filter(other => !own.startsWith(other) && !other.startsWith(own))
}

function othersFor(word: string, unfinished: boolean): readonly string[] {
  const singular = word.replace(/s$/, '')
  return (
    SAME.find(
      same =>
        same.includes(word) ||
        same.includes(singular) ||
        (unfinished && word.length >= MIN_TYPED && same.some(one => one.startsWith(word))),
    ) ?? []
  )
}
