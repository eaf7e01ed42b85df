import { datasetPath, overviewPath } from '../../lib/catalog/paths'
import type { DefectLine } from '../../lib/ledger/defects'
import { PageLink } from '../ui/page-link'
import { LedgerSection } from './ledger-section'

/** Known issues with their sources, and the images of this manifest that they concern. */
export function DefectsSection({ defects }: { defects: readonly DefectLine[] }) {
  return (
    <LedgerSection
      id="known-defects"
      title="Known issues"
      note="Reported by users of the public release. Not every file has been checked."
    >
      <ul className="flex max-w-4xl flex-col gap-2 text-[12px]">
        {defects.map(({ id, dataset, what, source, here, isHere, flagged, flagCode }) => (
          <li key={id} id={id} className="border-l-2 border-notice-line pl-2">
            <span className="font-semibold">
              {dataset === null && 'Any dataset'}
              {dataset !== null && isHere && (
                <PageLink href={datasetPath(dataset)} className="underline">
                  {dataset}
                </PageLink>
              )}
              {dataset !== null && !isHere && dataset}
            </span>{' '}
            {what}
            <span className="block text-[11px] text-muted">
              In this manifest:{' '}
              {flagged ? (
                <PageLink
                  href={overviewPath({ flag: flagCode })}
                  title="These images"
                  className="underline"
                >
                  {here}
                </PageLink>
              ) : (
                here
              )}{' '}
              · {source}
            </span>
          </li>
        ))}
      </ul>
    </LedgerSection>
  )
}
