import { flagOf } from '../manifest/flags'
import type { FacetCount } from '../manifest/manifest'
import { plainName } from './nearest-names'
import { PAGES } from './pages'
import { datasetPath, labelPath, overviewPath } from './paths'

export type EntryKind = 'page' | 'modality' | 'organ' | 'label' | 'dataset' | 'flag'

/** Something that the palette goes to. */
export interface Entry {
  readonly kind: EntryKind
  readonly name: string
  readonly path: string
  /** Images under it in the whole manifest; null for pages. */
  readonly images: number | null
}

/** More rows than anyone reads, and few enough to draw at every key. */
export const MAX_ENTRIES = 50

const PATHS: readonly (readonly [Exclude<EntryKind, 'page' | 'flag'>, (name: string) => string])[] =
  [
    ['dataset', datasetPath],
    ['label', labelPath],
    ['organ', organ => overviewPath({ organ })],
    ['modality', modality => overviewPath({ modality })],
  ]

/** All that the palette can go to in a manifest, from the summary's counts. */
export function entriesOf(facets: Readonly<Record<string, readonly FacetCount[]>>): Entry[] {
  const pages = PAGES.map(
    ({ title, path }): Entry => ({ kind: 'page', name: title, path, images: null }),
  )
  const counted = PATHS.flatMap(([kind, pathOf]) =>
    (facets[kind] ?? []).map(
      ({ value, images }): Entry => ({ kind, name: value, path: pathOf(value), images }),
    ),
  )
  const flags = (facets.flag ?? []).flatMap(({ value, images }): Entry[] => {
    const name = flagOf(value)?.title
    return name ? [{ kind: 'flag', name, path: overviewPath({ flag: value }), images }] : []
  })
  return [...pages, ...counted, ...flags]
}

/**
 * Entries whose name matches what was typed, the best first: the name itself, names that begin with
 * it, then words that do, then the rest that contain it; of equal ones, more images first.
 */
export function searchEntries(
  entries: readonly Entry[],
  text: string,
  limit: number = MAX_ENTRIES,
): Entry[] {
  if (text.trim() === '') return firstEntries(entries)
  const needle = plainName(text)
  // A text of signs only has no plain form: it is looked for as it is.
  if (needle === '') return entries.filter(({ name }) => name.includes(text.trim())).slice(0, limit)
  return entries
    .map(entry => ({ entry, rank: rankOf(entry.name, needle) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || imagesOf(b.entry) - imagesOf(a.entry))
    .slice(0, limit)
    .map(({ entry }) => entry)
}

/** What is there before anything is typed: the largest few of each kind. */
function firstEntries(entries: readonly Entry[]): Entry[] {
  const kinds: readonly EntryKind[] = ['page', 'dataset', 'label', 'organ', 'modality']
  return kinds.flatMap(kind =>
    entries
      .filter(entry => entry.kind === kind)
      .sort((a, b) => imagesOf(b) - imagesOf(a))
      .slice(0, MAX_ENTRIES / kinds.length),
  )
}

const WITHIN_WORD = 3
const NO_MATCH = 4

// Pages come before all that is counted.
const imagesOf = ({ images }: Entry) => images ?? Number.MAX_VALUE

/** Whether a name, or a word in it, begins with what was typed. */
export function beginsWord(name: string, text: string): boolean {
  const needle = plainName(text)
  return needle !== '' && rankOf(name, needle) < WITHIN_WORD
}

function rankOf(name: string, needle: string): number {
  const plain = plainName(name)
  if (plain === needle) return 0
  if (plain.startsWith(needle)) return 1
  if (!plain.includes(needle)) return NO_MATCH
  return wordsOf(name).some(word => word.startsWith(needle)) ? 2 : WITHIN_WORD
}

const wordsOf = (name: string) =>
  name.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).map(word => plainName(word))
