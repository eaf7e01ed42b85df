import known from '../../data/citations.json'

/** A work to cite. Its texts are plain Unicode, but for names in braces, which BibTeX leaves whole. */
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

/** What to cite for a source dataset, as far as known; empty is unknown. */
export const citationsOf = (dataset: string): readonly Citation[] =>
  (KEYS.get(dataset) ?? []).flatMap(key => ENTRIES.get(key) ?? [])

/** BibTeX's field for the venue, by kind of entry. */
const VENUE: Readonly<Record<string, string>> = {
  article: 'journal',
  inproceedings: 'booktitle',
  misc: 'howpublished',
}

/** One BibTeX entry, in UTF-8, ending in a line break. */
export function bibtexOf(citation: Citation): string {
  const { key, type, authors, title, venue, year, doi, arxiv, url, note } = citation
  const fields: readonly (readonly [string, string | undefined])[] = [
    // Braces twice: styles write titles in small letters, and these are full of names.
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

/** Characters that TeX would take for commands, made plain. */
const escaped = (text: string): string => text.replace(/[&%$#_]/g, '\\$&')
