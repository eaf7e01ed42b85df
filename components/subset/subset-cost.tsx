import { countOf, formatBytes, formatCount, nounOf } from '../../lib/format'
import { unmaskedText } from '../../lib/subset/formats'
import { leakageText } from '../../lib/subset/leakage-text'
import { BYTES_OF } from '../filter-page/cost-labels'
import { LabelCounts } from './label-counts'
import type { SubsetCounts } from './use-subset-counts'

/** Counts of a subset, and the size of its download. */
export function SubsetCostView({ counts, isOld }: { counts: SubsetCounts; isOld: boolean }) {
  const { cost, split } = counts
  const { archive } = cost
  const isCounted = split?.splits.some(one => one.asked !== null) ?? false
  return (
    <div className={isOld ? 'opacity-50' : ''} aria-busy={isOld}>
      <dl className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <Count id="images" value={cost.images} noun={nounOf(cost.images, 'image')} />
        <Count id="masks" value={cost.masks} noun={nounOf(cost.masks, 'mask')} />
        <Count id="patients" value={cost.patients} noun={nounOf(cost.patients, 'patient')} />
        <Count id="cases" value={cost.cases} noun={nounOf(cost.cases, 'case')} />
        <Count
          id="datasets"
          value={cost.datasets.length}
          noun={nounOf(cost.datasets.length, 'dataset')}
        />
        <Count id="files" value={cost.files} noun={`${nounOf(cost.files, 'file')}, one PNG each`} />
        <div>
          <dd className="text-xl leading-tight font-semibold">
            {cost.imageBytes === null ? '—' : formatBytes(cost.imageBytes)}
          </dd>
          <dt className="text-[11px] text-muted">
            {cost.imageBytes === null ? 'image sizes unknown' : BYTES_OF}
          </dt>
        </div>
      </dl>
      {cost.unmasked > 0 && <p className="mt-2">{unmaskedText(cost.unmasked)}.</p>}
      <p className="mt-2 max-w-[80ch]">
        {archive
          ? `Download: ${formatBytes(archive.rangeBytes)} in ${countOf(archive.ranges, 'read')} from ${countOf(archive.parts.length, 'ZIP part')} (${archive.parts.join(', ')}), instead of ${formatBytes(archive.wholeBytes)}. On disk: ${formatBytes(archive.unpackedBytes)} in ${countOf(archive.filesFound, 'file')}.`
          : 'Download size is unknown: this manifest was not built from the ZIP.'}
      </p>
      <LabelCounts counts={counts} />
      {split && (
        <div className="mt-3">
          <table className="border-collapse text-[12px]">
            <caption className="text-left font-semibold">Splits</caption>
            <thead>
              <tr>
                {['Split', 'Images', ...(isCounted ? ['Requested'] : []), 'Cases', 'Share'].map(
                  (head, i) => (
                    <th
                      key={head}
                      scope="col"
                      className={`border-b border-line py-0.5 pr-6 ${i ? 'text-right' : 'text-left'}`}
                    >
                      {head}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {split.splits.map(one => (
                <tr key={one.split} data-testid={`split-${one.split}`}>
                  <th scope="row" className="pr-6 text-left font-normal">
                    {one.split}
                  </th>
                  <td className="pr-6 text-right" data-value={one.images}>
                    {formatCount(one.images)}
                  </td>
                  {isCounted && (
                    <td className="pr-6 text-right">
                      {one.asked === null ? 'the rest' : formatCount(one.asked)}
                    </td>
                  )}
                  <td className="pr-6 text-right">{formatCount(one.cases)}</td>
                  <td className="pr-6 text-right">
                    {((100 * one.images) / Math.max(cost.images, 1)).toFixed(1)}%
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {split.leftOut > 0 && (
            <p className="mt-1">Left out, in no split: {countOf(split.leftOut, 'image')}.</p>
          )}
          <p className="mt-1" data-testid="leakage" data-cases={split.sharedCases}>
            {leakageText(split)}.
          </p>
          {split.warnings.map(warning => (
            <p key={warning} className="text-wrong">
              {warning}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

const Count = ({ id, value, noun }: { id: string; value: number; noun: string }) => (
  <div>
    <dd
      data-testid={`subset-${id}`}
      data-value={value}
      className="text-xl leading-tight font-semibold"
    >
      {formatCount(value)}
    </dd>
    <dt className="text-[11px] text-muted">{noun}</dt>
  </div>
)
