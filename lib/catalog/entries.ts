import { axisSummary } from '../axes/axis-summary'
import { VOLUME_AXES } from '../axes/axis-words'
import { flagOf } from '../manifest/flags'
import type { FacetCount } from '../manifest/manifest'
import { plainName } from '../nearest-names'
import { PAGES } from './pages'
import { datasetPath, labelPath, overviewPath } from './paths'
import { synonymsOf } from './synonyms'

export type EntryKind = 'page' | 'modality' | 'organ' | 'label' | 'dataset' | 'axis' | 'flag'

/** A result of the palette, with the page it leads to. */
export interface Entry {
  readonly kind: EntryKind
  readonly name: string
  readonly path: string
  /** Images of the value in the manifest; null for pages. */
  readonly images: number | null
}

/** Maximum number of results; few enough to render at every key press. */
export const MAX_ENTRIES = 50

const PATHS: readonly (readonly [
  Exclude<EntryKind, 'page' | 'axis' | 'flag'>,
  (name: string) => string,
])[] = [
  ['dataset', datasetPath],
  ['label', labelPath],
  ['organ', organ => overviewPath({ organ })],
  ['modality', modality => overviewPath({ modality })],
]

/** All entries of a manifest, from the counts of its summary. */
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
  return [...pages, ...counted, ...axesOf(facets), ...flags]
}

/** Axes by letter and plane: "axial" finds x · axial. */
function axesOf(facets: Readonly<Record<string, readonly FacetCount[]>>): Entry[] {
  const datasets = (facets.dataset ?? []).map(({ value }) => value)
  return (facets.axis ?? []).flatMap(({ value, images }): Entry[] => {
    const axis = VOLUME_AXES.find(one => one === value)
    if (axis === undefined) return []
    const { text, note } = axisSummary(axis, datasets)
    const name = note === undefined ? text : `${text} (${note})`
    return [{ kind: 'axis', name, path: overviewPath({ axis }), images }]
  })
}

/**
 * Entries whose name contains the text, best first: the exact name, names that begin with the text, names with a
 * word that begins with it, then the rest; after these, names with another word for it (`synonymsOf`). Among equals,
 * entries with more images come first.
 */
export function searchEntries(
  entries: readonly Entry[],
  text: string,
  limit: number = MAX_ENTRIES,
): Entry[] {
  if (text.trim() === '') return firstEntries(entries)
  const needle = plainName(text)
  // The plain form of a text without letters and digits is empty, so the text itself is searched.
  if (needle === '') return entries.filter(({ name }) => name.includes(text.trim())).slice(0, limit)
  const synonyms = synonymsOf(text)
  return entries
    .map(entry => ({ entry, rank: rankOfAny(entry.name, needle, synonyms) }))
    .filter(({ rank }) => rank < NO_MATCH * 2)
    .sort((a, b) => a.rank - b.rank || imagesOf(b.entry) - imagesOf(a.entry))
    .slice(0, limit)
    .map(({ entry }) => entry)
}

/** The entries shown before anything is typed: the largest of each kind. */
function firstEntries(entries: readonly Entry[]): Entry[] {
  const kinds: readonly EntryKind[] = ['page', 'dataset', 'label', 'organ', 'modality']
  return kinds.flatMap(kind =>
    entries
      .filter(entry => entry.kind === kind)
      .sort((a, b) => imagesOf(b) - imagesOf(a))
      .slice(0, MAX_ENTRIES / kinds.length),
  )
}

/** Whether a name has another word for the text, and not the text itself. */
export function hasSynonym(name: string, text: string): boolean {
  const rank = rankOfAny(name, plainName(text), synonymsOf(text))
  return rank >= NO_MATCH && rank < NO_MATCH * 2
}

/** As `rankOf`; names with a synonym come after all others. */
function rankOfAny(name: string, needle: string, synonyms: readonly string[]): number {
  const rank = rankOf(name, needle)
  return rank < NO_MATCH
    ? rank
    : NO_MATCH + Math.min(NO_MATCH, ...synonyms.map(synonym => rankOf(name, synonym)))
}

const WITHIN_WORD = 3
const NO_MATCH = 4

// Pages come before entries with counts.
const imagesOf = ({ images }: Entry) => images ?? Number.MAX_VALUE

/** Whether a name, or a word in it, begins with the text. */
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
