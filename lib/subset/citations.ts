import known from '../../data/citations.json'

/** A work to cite. Texts are plain Unicode; BibTeX does not split or change names in braces. */
export interface Citation {
  readonly key: string
  /** Kind of BibTeX entry. */
  readonly type: string
  /** "Family, Given"; the last may be "others". */
  readonly authors: readonly string[]
  readonly title: string
  readonly venue?: string
  readonly year?: number
  readonly doi?: string
  readonly arxiv?: string
  readonly url?: string
  readonly note?: string
}

/** How to cite this tool. */
export const TOOL: Citation = known.tool

const ENTRIES: ReadonlyMap<string, Citation> = new Map(known.entries.map(one => [one.key, one]))
const KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  known.datasets.map(({ dataset, cite }) => [dataset, cite]),
)

/** Citations of a source dataset; empty if unknown. */
export const citationsOf = (dataset: string): readonly Citation[] =>
  (KEYS.get(dataset) ?? []).flatMap(key => ENTRIES.get(key) ?? [])

/** BibTeX's field for the venue, by kind of entry. */
const VENUE: Readonly<Record<string, string>> = {
  article: 'journal',
  inproceedings: 'booktitle',
  misc: 'howpublished',
}

/** A BibTeX entry in UTF-8 that ends in a line break. */
export function bibtexOf(citation: Citation): string {
  const { key, type, authors, title, venue, year, doi, arxiv, url, note } = citation
  const fields: readonly (readonly [string, string | undefined])[] = [
    // Styles lower-case titles, and these contain many names. Double braces prevent that.
    ['title', `{${escaped(title)}}`],
    ['author', authors.map(escaped).join(' and ')],
    [VENUE[type] ?? 'howpublished', venue && escaped(venue)],
    ['year', year?.toString()],
    ['doi', doi],
    ['eprint', arxiv],
    ['archiveprefix', arxiv && 'arXiv'],
    ['url', url],
    ['note', note && escaped(note)],
  ]
  const lines = fields.flatMap(([name, value]) =>
    value ? [`  ${name.padEnd('archiveprefix'.length)} = {${value}}`] : [],
  )
  return `@${type}{${key},\n${lines.join(',\n')}\n}\n`
}

/** Escape characters that are commands in TeX. */
const escaped = (text: string): string => text.replace(/[&%$#_]/g, '\\$&')
