import { type DatasetAnswer, knownElsewhere } from './dataset-answer'
import { beginsWord, type Entry, hasSynonym, MAX_ENTRIES, searchEntries } from './entries'
import { datasetPath } from './paths'

/** One row of the palette. */
export interface PaletteRow {
  /** Stable and unique among the rows. */
  readonly id: string
  readonly entry: Entry
  /** Why the row is listed, if the name does not show it. */
  readonly detail: string | null
}

/** Of a row whose name has another word for the text. */
const SYNONYM = 'synonym'

/** Rows reserved for datasets that the manifest does not have, and for similar names. */
const KEPT = 10

/**
 * The rows of the palette for a text: matches, then datasets that the manifest does not have (known ones, or the
 * text itself if nothing matches), then similar names if no name contains the text.
 *
 * @param names The manifest's datasets.
 * @param answer Whether the text is a dataset of the manifest; null for texts that are too short.
 */
export function paletteRows(
  text: string,
  entries: readonly Entry[],
  names: readonly string[],
  answer: DatasetAnswer | null,
): PaletteRow[] {
  const found = searchEntries(entries, text, MAX_ENTRIES - KEPT)
  const elsewhere = knownElsewhere(text, names)
  const asked = answer && !answer.present ? answer : null
  const missing = asked && found.length + elsewhere.length === 0 ? [asked.name] : elsewhere
  const nearest = entries.filter(
    ({ kind, name }) =>
      kind === 'dataset' && asked?.containing === 0 && asked.nearest.includes(name),
  )
  return [
    ...found.map(entry => rowOf(entry, hasSynonym(entry.name, text) ? SYNONYM : null)),
    ...missing.map(name => rowOf(missingEntry(name), 'not in this manifest')),
    ...nearest.map(entry => rowOf(entry, 'similar name')),
  ]
}

/**
 * Whether the sentence about a missing dataset stands above the rows; not if the text is the name of something
 * else, such as a label or a page.
 */
export const leadsWithAnswer = (
  text: string,
  rows: readonly PaletteRow[],
  answer: DatasetAnswer | null,
): boolean =>
  !answer ||
  answer.present ||
  !rows.some(
    ({ entry, detail }) => detail === SYNONYM || (detail === null && beginsWord(entry.name, text)),
  )

const rowOf = (entry: Entry, detail: string | null): PaletteRow => ({
  id: `${entry.kind} ${entry.name}`,
  entry,
  detail,
})

const missingEntry = (name: string): Entry => ({
  kind: 'dataset',
  name,
  path: datasetPath(name),
  images: null,
})
