'use client'

import { defectsOfLabel } from '../../lib/catalog/known-defects'
import { overviewPath } from '../../lib/catalog/paths'
import type { LabelRow } from '../../lib/filter/dimensions'
import { useEngine } from '../engine-provider'
import { KnownIssue } from '../ui/known-issue'
import { PageLink } from '../ui/page-link'
import { Facts } from './facts'

/** The meanings of a label name, one block each; datasets may use a name with different meanings. */
export function LabelFacts({ name, meanings }: { name: string; meanings: readonly LabelRow[] }) {
  return (
    <div className="flex flex-wrap gap-x-12 gap-y-3" data-testid="label-facts">
      <LabelIssues name={name} />
      {meanings.map((meaning, i) => (
        <section key={meaning.label_id} aria-label={`Meaning ${i + 1} of ${meanings.length}`}>
          {meanings.length > 1 && (
            <h2 className="font-semibold">
              Meaning {i + 1} of {meanings.length}, by dataset
            </h2>
          )}
          <Meaning {...meaning} />
        </section>
      ))}
    </div>
  )
}

const UNASSIGNED = 'not in our taxonomy'

function Meaning({ organ, region, is_lesion, is_union, side }: LabelRow) {
  const link = (path: string, text: string) => (
    <PageLink href={path} className="underline">
      {text}
    </PageLink>
  )
  return (
    <Facts
      facts={[
        {
          name: 'Organ',
          value: organ && link(overviewPath({ organ }), organ),
          unknown: UNASSIGNED,
        },
        {
          name: 'Region',
          value: region && link(overviewPath({ region }), region),
          unknown: UNASSIGNED,
        },
        { name: 'Lesion', value: is_lesion ? 'yes' : 'no' },
        { name: 'Side', value: side ?? 'none' },
        {
          name: 'Merged mask',
          value: is_union ? 'yes: repeats pixels of other masks of the same image' : 'no',
        },
      ]}
    />
  )
}

/** Known issues of datasets of the manifest with the label; renders nothing if there are none. */
function LabelIssues({ name }: { name: string }) {
  const { facets } = useEngine().manifest.summary
  const issues = defectsOfLabel(name, new Set(facets.dataset?.map(row => row.value)))
  if (issues.length === 0) return null
  return (
    <section aria-labelledby="label-issues" data-testid="label-issues" className="w-full">
      <h2 id="label-issues" className="font-semibold">
        Known issues
      </h2>
      <ul className="flex max-w-4xl flex-col gap-1">
        {issues.map(defect => (
          <KnownIssue
            key={defect.what}
            defect={{ ...defect, what: `In ${defect.dataset}: ${defect.what}` }}
          />
        ))}
      </ul>
    </section>
  )
}
