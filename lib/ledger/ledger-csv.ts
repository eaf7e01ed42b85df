import { csv } from '../csv'
import type { Difference, Figure } from './figure'
import type { Ledger } from './ledger'
import { shortReason } from './reasons'

const COLUMNS = [
  ...['section', 'id', 'name', 'measure', 'paper', 'paper_accuracy', 'release', 'release_accuracy'],
  ...['manifest', 'release_minus_paper', 'manifest_minus_paper', 'manifest_minus_release'],
  'reasons',
]

type Row = readonly (string | number)[]

/**
 * The ledger as CSV, a number a row. What is not known is empty; accuracies are exact, about,
 * read off and at least. Differences that are no number: equal, open (agrees as far as is
 * published), or empty.
 */
export function ledgerCsv(ledger: Ledger): string {
  const numbers = ledger.numbers.flatMap(({ id: section, lines }) =>
    lines.map(
      (line): Row => [
        ...[section, line.id, line.name, line.measure],
        ...figureCells(line.paper),
        ...figureCells(line.release),
        line.manifest.value ?? '',
        ...[line.releaseToPaper, line.toPaper, line.toRelease].map(differenceCell),
        line.reasons.map(shortReason).join('; '),
      ],
    ),
  )
  const names = ledger.names.flatMap(({ id: section, lines }) =>
    lines.flatMap(line =>
      (['images', 'masks'] as const).map(
        (measure): Row => [
          ...[section, line.id, line.name, measure, '', '', ''],
          // Of a name only its presence is known.
          line.release === 'not known' ? '' : `present: ${line.release}`,
          ...[line[measure], '', '', ''],
          line.reasons.map(shortReason).join('; '),
        ],
      ),
    ),
  )
  const rejected = ledger.rejected.reasons.map(
    ({ code, n, words }): Row => [
      ...['not-accepted', `not-accepted-${code}`, code, 'inputs', '', '', '', '', n, '', '', ''],
      words,
    ],
  )
  const defects = ledger.defects.map(
    ({ id, flagCode, flagged, what }): Row => [
      ...['known-defects', id, flagCode, 'flagged images', '', '', '', ''],
      ...[flagged ?? '', '', '', '', what],
    ],
  )
  return csv(COLUMNS, [...numbers, ...names, ...rejected, ...defects])
}

const figureCells = (figure: Figure): Row =>
  figure.value === null ? ['', ''] : [figure.value, figure.accuracy]

function differenceCell(difference: Difference): string | number {
  if (difference.kind === 'unknown') return ''
  return difference.kind === 'apart' ? difference.by : difference.kind
}
