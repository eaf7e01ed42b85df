import { countOf, formatBytes, formatCount, nounOf } from '../../lib/format'
import { oddMasksNote, unmaskedText } from '../../lib/subset/formats'
import { useEngine } from '../engine-provider'
import { ALL_BYTES, bytesOf } from '../filter-page/cost-labels'
import { LabelCounts } from './label-counts'
import { SplitReportView } from './split-report-view'
import type { SubsetCounts } from './use-subset-counts'

/** Counts of a subset, and the size of its download. */
export function SubsetCostView({ counts, isOld }: { counts: SubsetCounts; isOld: boolean }) {
  const { cost, split } = counts
  const { archive, imageBytes, maskBytes } = cost
  const { manifest } = useEngine()
  const odd = oddMasksNote(cost)
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
            {imageBytes === null ? '—' : formatBytes(imageBytes + (maskBytes ?? 0))}
          </dd>
          <dt className="text-[11px] text-muted">
            {imageBytes === null
              ? 'image sizes unknown'
              : maskBytes === null
                ? bytesOf(manifest)
                : ALL_BYTES}
          </dt>
        </div>
      </dl>
      {cost.unmasked > 0 && <p className="mt-2">{unmaskedText(cost.unmasked)}.</p>}
      {odd && (
        <p className="mt-2" data-testid="odd-masks">
          {odd}.
        </p>
      )}
      <p className="mt-2 max-w-[80ch]">
        {archive
          ? `Download: ${formatBytes(archive.rangeBytes)} in ${countOf(archive.ranges, 'read')} from ${countOf(archive.parts.length, 'ZIP part')} (${archive.parts.join(', ')}), instead of ${formatBytes(archive.wholeBytes)}. On disk: ${formatBytes(archive.unpackedBytes)} in ${countOf(archive.filesFound, 'file')}.`
          : 'Download size is unknown: this manifest was not built from the ZIP.'}
      </p>
      <LabelCounts counts={counts} />
      {counts.refusal && (
        <p
          role="status"
          data-testid="split-refusal"
          className="mt-3 border border-notice-line bg-notice px-2 py-1"
        >
          {counts.refusal}
        </p>
      )}
      {split && <SplitReportView report={split} />}
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
