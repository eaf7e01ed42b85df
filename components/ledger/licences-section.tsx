import { STRENGTH_TEXT } from '../../lib/catalog/licences'
import { datasetPath } from '../../lib/catalog/paths'
import { countOf } from '../../lib/format'
import {
  countByStrength,
  LICENCES_NOTE,
  LICENCES_TITLE,
  type LicenceLine,
} from '../../lib/ledger/licences'
import { LicenceFact } from '../names/licence-fact'
import { PageLink } from '../ui/page-link'
import { LedgerSection } from './ledger-section'

/** Licences of the manifest's datasets, and how many datasets have none that we know. */
export function LicencesSection({ licences }: { licences: readonly LicenceLine[] }) {
  const here = licences.filter(({ images }) => images > 0)
  const counts = countByStrength(here).map(([strength, n]) =>
    strength === 'unknown' ? `${n} unknown: ask the publishers` : `${n} ${STRENGTH_TEXT[strength]}`,
  )
  return (
    <LedgerSection id="licences" title={LICENCES_TITLE} note={LICENCES_NOTE}>
      <p className="text-[12px]">
        {countOf(here.length, 'dataset')} here{counts.length > 0 && `: ${counts.join('; ')}.`}
      </p>
      <dl className="mt-1 grid max-w-4xl gap-x-4 gap-y-1 text-[12px] md:grid-cols-[auto_1fr]">
        {here.map(({ dataset, licence }) =>
          licence ? (
            <div key={dataset} className="contents">
              <dt>
                <PageLink href={datasetPath(dataset)} className="underline">
                  {dataset}
                </PageLink>
              </dt>
              <dd className="min-w-0 break-words">
                <LicenceFact licence={licence} />
              </dd>
            </div>
          ) : null,
        )}
      </dl>
    </LedgerSection>
  )
}
