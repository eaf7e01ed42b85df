import { countOf, formatCount, formatMean, formatShare } from '../../lib/format'
import { leakageText } from '../../lib/subset/leakage-text'
import type { SplitPart, SplitReport } from '../../lib/subset/split-report'
import { NameTable } from '../ui/name-table'
import { SplitRowsView } from './split-rows-view'

/** Contents of each split, leakage, and warnings. */
export function SplitReportView({ report }: { report: SplitReport }) {
  const isCounted = report.splits.some(one => one.asked !== null)
  const all = report.splits.reduce((sum, one) => sum + one.images, 0)
  const heads = [
    'Split',
    'Images',
    ...(isCounted ? ['Requested'] : []),
    'Share',
    'Patients',
    'Cases',
    'Images per patient',
    'Datasets',
    'Labels',
  ]
  return (
    <div className="mt-3">
      <NameTable
        label="Splits"
        caption={<caption className="text-left font-semibold">Splits</caption>}
        heads={heads}
        rows={report.splits.map(one => ({
          name: one.split,
          testId: `split-${one.split}`,
          cells: [
            <span key="images" data-value={one.images}>
              {formatCount(one.images)}
            </span>,
            ...(isCounted ? [one.asked === null ? 'the rest' : formatCount(one.asked)] : []),
            formatShare(one.images / Math.max(all, 1)),
            formatCount(one.patients),
            formatCount(one.cases),
            <span key="sizes" title="median (quartiles)">
              {sizesText(one)}
            </span>,
            formatCount(one.datasets),
            formatCount(one.labels),
          ],
        }))}
        scroll="overflow-x-auto"
      />
      {report.folds.length > 0 && (
        <p className="mt-1" data-testid="folds">
          Folds of train:{' '}
          {report.folds
            .map(({ fold, images, patients }) => {
              const counts = `${countOf(images, 'image')}, ${countOf(patients, 'patient')}`
              return `${fold} (${counts})`
            })
            .join(', ')}
          .
        </p>
      )}
      {report.leftOut > 0 && (
        <p className="mt-1">Left out, in no split: {countOf(report.leftOut, 'image')}.</p>
      )}
      <p
        className="mt-1"
        data-testid="leakage"
        data-patients={report.sharedPatients}
        data-people={report.sharedPeople.people}
        data-cases={report.sharedCases}
      >
        {leakageText(report)}.
      </p>
      {report.warnings.map(warning => (
        <p key={warning} className="max-w-[80ch] text-wrong">
          {warning}
        </p>
      ))}
      <p className="mt-1 text-[11px] text-muted">
        Split by {report.by}, drawn by {report.algorithm}.
      </p>
      <SplitRowsView title="Datasets by split" rows={report.datasets} />
      <SplitRowsView title="Labels by split" rows={report.labels} />
    </div>
  )
}

const sizesText = ({ imagesPerPatient }: SplitPart): string =>
  imagesPerPatient === null
    ? '—'
    : `${formatMean(imagesPerPatient.median)} (${formatMean(imagesPerPatient.q1)} to ${formatMean(imagesPerPatient.q3)})`
