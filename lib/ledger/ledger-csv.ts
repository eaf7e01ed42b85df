import { licenceRemark } from '../catalog/licences'
import { csv } from '../csv'
import type { Difference, Figure } from './figure'
import type { Ledger } from './ledger'
import { shortReason } from './reasons'

const COLUMNS = [
  'section',
  'id',
  'name',
  'measure',
  'paper',
  'paper_accuracy',
  'release',
  'release_accuracy',
  'manifest',
  'release_minus_paper',
  'manifest_minus_paper',
  'manifest_minus_release',
  'reasons',
] as const

/** The cells of a row by their column; a missing cell is empty. */
type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>

/**
 * The ledger as CSV, one number per row. Unknown numbers are empty cells. The accuracy is exact, about,
 * read off or at least. A difference is a number, `equal`, `open` (the published digits agree), or empty.
 */
export function ledgerCsv(ledger: Ledger): string {
  const numbers = ledger.numbers.flatMap(({ id: section, lines }) =>
    lines.map(
      (line): Row => ({
        section,
        id: line.id,
        name: line.name,
        measure: line.measure,
        paper: valueCell(line.paper),
        paper_accuracy: accuracyCell(line.paper),
        release: valueCell(line.release),
        release_accuracy: accuracyCell(line.release),
        manifest: valueCell(line.manifest),
        release_minus_paper: differenceCell(line.releaseToPaper),
        manifest_minus_paper: differenceCell(line.toPaper),
        manifest_minus_release: differenceCell(line.toRelease),
        reasons: line.reasons.map(shortReason).join('; '),
      }),
    ),
  )
  const names = ledger.names.flatMap(({ id: section, lines }) =>
    lines.flatMap(line =>
      (['images', 'masks'] as const).map(
        (measure): Row => ({
          section,
          id: line.id,
          name: line.name,
          measure,
          // The release has no counts by name: all that is known is whether it has the name.
          release_accuracy: line.release === 'not known' ? '' : `present: ${line.release}`,
          manifest: line[measure],
          reasons: line.reasons.map(shortReason).join('; '),
        }),
      ),
    ),
  )
  const rejected = ledger.rejected.reasons.map(
    ({ code, n, words }): Row => ({
      section: 'not-accepted',
      id: `not-accepted-${code}`,
      name: code,
      measure: 'inputs',
      manifest: n,
      reasons: words,
    }),
  )
  const defects = ledger.defects.map(
    ({ id, flagCode, flagged, what }): Row => ({
      section: 'known-defects',
      id,
      name: flagCode,
      measure: 'flagged images',
      manifest: flagged ?? '',
      reasons: what,
    }),
  )
  const licences = ledger.licences.map(
    ({ dataset, images, licence }): Row => ({
      section: 'licences',
      id: `licence-${dataset}`,
      name: dataset,
      measure: 'images',
      manifest: images,
      reasons: licence
        ? `${licence.licence} (${licenceRemark(licence)}; ${licence.source})`
        : 'unknown',
    }),
  )
  const split = Object.entries(ledger.imageSplit ?? {}).map(
    ([measure, manifest]): Row => ({
      section: 'image-split',
      id: `image-split-${measure}`,
      name: 'a fifth of the images, drawn at random',
      measure,
      manifest,
    }),
  )
  const rows = [...numbers, ...names, ...rejected, ...defects, ...licences, ...split]
  return csv(
    COLUMNS,
    rows.map(row => COLUMNS.map(column => row[column] ?? '')),
  )
}

const valueCell = (figure: Figure): string | number => figure.value ?? ''

const accuracyCell = (figure: Figure): string => (figure.value === null ? '' : figure.accuracy)

function differenceCell(difference: Difference): string | number {
  if (difference.kind === 'unknown') return ''
  return difference.kind === 'apart' ? difference.by : difference.kind
}
