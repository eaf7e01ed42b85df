'use client'

import { defectsOf, GENERAL_DEFECTS } from '../../lib/catalog/known-defects'
import { datasetPath } from '../../lib/catalog/paths'
import { partnersOf, SHARED_SCANS_TITLE } from '../../lib/catalog/shared-scans'
import { useEngine } from '../engine-provider'
import { KnownIssue } from '../ui/known-issue'
import { PageLink } from '../ui/page-link'
import { SourceLinks } from '../ui/source-links'
import { EqualImages } from './equal-images'
import { MeasuredFlags } from './measured-flags'

/** Known issues of a dataset, and the datasets that share scans with it, or may. */
export function DatasetNotes({ name }: { name: string }) {
  const own = defectsOf(name)
  return (
    <>
      <section aria-labelledby="defects-title" data-testid="defects">
        <h2 id="defects-title" className="font-semibold">
          Known issues
        </h2>
        {own.length === 0 && <p>No known issues of this dataset.</p>}
        <ul className="flex flex-col gap-1">
          {own.map(defect => (
            <KnownIssue key={defect.what} defect={defect} />
          ))}
          {GENERAL_DEFECTS.map(({ what, source }) => (
            <li key={what} className="text-[11px] text-muted">
              Any dataset: {what} ({source})
            </li>
          ))}
        </ul>
      </section>
      <MeasuredFlags name={name} />
      <section aria-labelledby="overlaps-title" data-testid="overlaps">
        <h2 id="overlaps-title" className="font-semibold">
          {SHARED_SCANS_TITLE}
        </h2>
        <EqualImages name={name} />
        <Partners name={name} />
      </section>
    </>
  )
}

function Partners({ name }: { name: string }) {
  const { facets } = useEngine().manifest.summary
  const inManifest = new Set((facets.dataset ?? []).map(row => row.value))
  const partners = partnersOf(name)
  if (partners.length === 0) return <p>No dataset is known to share scans with this one.</p>
  return (
    <ul className="flex flex-col gap-1">
      {partners.map(({ other, kindInWords, evidence, source }) => (
        <li key={other}>
          {inManifest.has(other) ? (
            <PageLink href={datasetPath(other)} className="underline">
              {other}
            </PageLink>
          ) : (
            <span className="text-muted">{other} (not in this manifest)</span>
          )}
          : {kindInWords}. {evidence} <SourceLinks source={source} />
        </li>
      ))}
      <li className="text-[11px] text-muted">From public descriptions; images not compared.</li>
    </ul>
  )
}
