import { type DatasetAnswer, knownElsewhere } from './dataset-answer'
import { beginsWord, type Entry, MAX_ENTRIES, searchEntries } from './entries'
import { datasetPath } from './paths'

/** One row of the palette. */
export interface PaletteRow {
  /** Stable and unique among the rows. */
  readonly id: string
  readonly entry: Entry
  /** Why the row is there, where the name does not say it. */
  readonly detail: string | null
}

/** Rows kept for datasets that the manifest lacks, and for names near what was typed. */
const KEPT = 10

/**
 * What the palette shows for a text: what matches, then the datasets that are not in the manifest
 * (those we know of, or else the one that was asked for if nothing matches), then near names
 * where no name contains the text.
 *
 * @param names The manifest's datasets.
 * @param answer Whether the text is a dataset of it; null for texts too short to ask.
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
    ...found.map(entry => rowOf(entry, null)),
    ...missing.map(name => rowOf(missingEntry(name), 'not in this manifest')),
    ...nearest.map(entry => rowOf(entry, 'similar name')),
  ]
}

/**
 * Whether it goes before the rows that a dataset is not in the manifest: not where something else was meant,
 * as by the name of a label or a page.
 */
export const leadsWithAnswer = (
  text: string,
  rows: readonly PaletteRow[],
  answer: DatasetAnswer | null,
): boolean =>
  !answer ||
  answer.present ||
  !rows.some(({ entry, detail }) => detail === null && beginsWord(entry.name, text))

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
