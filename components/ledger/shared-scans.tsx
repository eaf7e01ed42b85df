import { SHARED_SCANS_TITLE } from '../../lib/catalog/shared-scans'
import { countOf, formatCount } from '../../lib/format'
import type { OverlapFinding } from '../../lib/ledger/overlaps'
import { SourceLinks } from '../ui/source-links'

/** Pairs of datasets that share scans, or may, each with the equal images that were found. */
export function SharedScans({ overlaps }: { overlaps: readonly OverlapFinding[] }) {
  const here = overlaps.filter(({ present }) => present > 1)
  const elsewhere = overlaps.length - here.length
  return (
    <div className="max-w-4xl" data-testid="shared-scans">
      <h3 className="font-semibold">{SHARED_SCANS_TITLE}</h3>
      <p className="mb-1 text-[11px] text-muted">
        Pairs by what public descriptions say, with the equal images found in this manifest.
        {elsewhere > 0 &&
          ` Not listed: ${countOf(elsewhere, 'pair')} of which this manifest lacks a dataset.`}
      </p>
      <ul className="flex flex-col gap-1.5">
        {here.map(({ datasets, kindInWords, evidence, source, found }) => (
          <li key={datasets.join(' ')}>
            <span className="font-semibold">{datasets.join(', ')}</span>: {kindInWords}. {evidence}{' '}
            <SourceLinks source={source} />
            <span data-testid="overlap-found" className="block border-l-2 border-line pl-2">
              {foundText(found)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function foundText(found: OverlapFinding['found']): string {
  if (found === null) return 'Not compared here.'
  if (found.length === 0) return 'Compared: no equal images.'
  const pairs = found.map(
    ({ a, b, imagesA, imagesB }) =>
      `${formatCount(imagesA)} of ${a} and ${formatCount(imagesB)} of ${b}`,
  )
  return `Equal images: ${pairs.join('; ')}.`
}
