import { csv } from '../csv'
import { agrees, type Figure } from './figure'

/** The rows of a figure as CSV; the header has the units. */
export const figureCsv = ({ columns, rows }: Figure): string =>
  csv(
    columns.map(({ key, unit }) => (unit === '' ? key : `${key} (${unit})`)),
    rows.map(row => columns.map(({ key }) => row[key] ?? '')),
  )

const HEAD = [
  'figure',
  'what',
  'unit',
  'published',
  'kind',
  'error_pct',
  'manifest',
  'difference',
  'agrees',
]

const lines = (figures: readonly Figure[]) =>
  figures.flatMap(({ id, comparison }) =>
    comparison.map(one => [
      id,
      one.what,
      one.unit,
      one.published,
      one.kind,
      one.errorPct,
      one.manifest,
      Number((one.manifest - one.published).toFixed(6)),
      agrees(one) ? 'yes' : 'no',
    ]),
  )

/** All published numbers with those of the manifest, as CSV. */
export const comparisonCsv = (figures: readonly Figure[]): string => csv(HEAD, lines(figures))

/** All published numbers with those of the manifest, as a Markdown table. */
export const comparisonMarkdown = (figures: readonly Figure[]): string =>
  [HEAD, HEAD.map(() => '---'), ...lines(figures)]
    .map(row => `| ${row.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('')
