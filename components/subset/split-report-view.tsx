import { countOf, formatCount, formatMean, formatShare } from '../../lib/format'
import { leakageText } from '../../lib/subset/leakage-text'
import type { SplitPart, SplitReport } from '../../lib/subset/split-report'
import { ScrollRegion } from '../ui/scroll-region'
import { SplitRowsView } from './split-rows-view'

const CELL = 'pr-6 text-right'

/** What is in each split, what leaks, and what to know of it. */
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
      <ScrollRegion label="Splits" className="overflow-x-auto">
        <table className="border-collapse text-[12px]">
          <caption className="text-left font-semibold">Splits</caption>
          <thead>
            <tr>
              {heads.map((head, i) => (
                <th
                  key={head}
                  scope="col"
                  className={`border-b border-line py-0.5 pr-6 ${i ? 'text-right' : 'text-left'}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.splits.map(one => (
              <tr key={one.split} data-testid={`split-${one.split}`}>
                <th scope="row" className="pr-6 text-left font-normal">
                  {one.split}
                </th>
                <td className={CELL} data-value={one.images}>
                  {formatCount(one.images)}
                </td>
                {isCounted && (
                  <td className={CELL}>
                    {one.asked === null ? 'the rest' : formatCount(one.asked)}
                  </td>
                )}
                <td className={CELL}>{formatShare(one.images / Math.max(all, 1))}</td>
                <td className={CELL}>{formatCount(one.patients)}</td>
                <td className={CELL}>{formatCount(one.cases)}</td>
                <td className={CELL} title="median (quartiles)">
                  {sizesText(one)}
                </td>
                <td className={CELL}>{formatCount(one.datasets)}</td>
                <td className={CELL}>{formatCount(one.labels)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
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
