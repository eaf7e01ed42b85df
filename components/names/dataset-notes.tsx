'use client'

import { defectsOf, familiesOf, GENERAL_DEFECTS } from '../../lib/catalog/known-defects'
import { datasetPath, overviewPath } from '../../lib/catalog/paths'
import { useEngine } from '../engine-provider'
import { PageLink } from '../ui/page-link'
import { EqualImages } from './equal-images'
import { MeasuredFlags } from './measured-flags'

/** Known defects of a dataset, and the datasets that may share images with it. */
export function DatasetNotes({ name }: { name: string }) {
  const own = defectsOf(name)
  const { facets } = useEngine().manifest.summary
  const flagged = new Set(facets.flag?.map(row => row.value))
  return (
    <>
      <section aria-labelledby="defects-title" data-testid="defects">
        <h2 id="defects-title" className="font-semibold">
          Known defects
        </h2>
        {own.length === 0 && <p>No known defects of this dataset.</p>}
        <ul className="flex flex-col gap-1">
          {own.map(({ what, source, classId, oriName, flag }) => (
            <li key={what} className="border-l-2 border-notice-line pl-2">
              {what}{' '}
              <span className="text-[11px] text-muted">
                {classId && `class ${classId} · `}
                {oriName && `ori name contains ${oriName} · `}
                {source}
              </span>{' '}
              {flag && flagged.has(flag.code) && (
                <PageLink
                  href={overviewPath({ dataset: name, flag: flag.code })}
                  className="underline"
                >
                  Affected images
                </PageLink>
              )}
            </li>
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
          Overlaps
        </h2>
        <EqualImages name={name} />
        <Families name={name} />
      </section>
    </>
  )
}

function Families({ name }: { name: string }) {
  const { facets } = useEngine().manifest.summary
  const inManifest = new Set((facets.dataset ?? []).map(row => row.value))
  const families = familiesOf(name)
  if (families.length === 0) return <p>No dataset is known to share images with this one.</p>
  return (
    <ul className="flex flex-col gap-1">
      {families.map(family => (
        <li key={family.name}>
          {family.name}: {family.note}{' '}
          <span className="text-[11px] text-muted">
            From public descriptions; images not compared.
          </span>
          <ul className="flex flex-wrap gap-x-3">
            {family.datasets
              .filter(other => other !== name)
              .map(other => (
                <li key={other}>
                  {inManifest.has(other) ? (
                    <PageLink href={datasetPath(other)} className="underline">
                      {other}
                    </PageLink>
                  ) : (
                    <span className="text-muted">{other} (not in this manifest)</span>
                  )}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
