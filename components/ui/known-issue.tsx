import { correctedLinks } from '../../lib/catalog/known-defects'
import { overviewPath } from '../../lib/catalog/paths'
import type { KnownDefect } from '../../lib/manifest/known-defects'
import { useEngine } from '../engine-provider'
import { PageLink } from './page-link'

/** A known issue of a dataset in a list, with where it was read, the images concerned, and what is corrected. */
export function KnownIssue({ defect }: { defect: KnownDefect }) {
  const { facets } = useEngine().manifest.summary
  const { dataset, what, source, classId, oriName, flag } = defect
  // Only if images of the manifest have the flag, so that the link leads to images.
  const isFlagged = facets.flag?.some(row => row.value === flag?.code) ?? false
  const links = [
    ...(flag && dataset !== null && isFlagged
      ? [{ text: 'Affected images', path: overviewPath({ dataset, flag: flag.code }) }]
      : []),
    ...correctedLinks(defect),
  ]
  return (
    <li className="border-l-2 border-notice-line pl-2">
      {what}{' '}
      <span className="text-[11px] text-muted">
        {classId && `class ${classId} · `}
        {oriName && `ori name contains ${oriName} · `}
        {source}
      </span>{' '}
      {links.map(({ text, path }, i) => (
        <span key={path}>
          {i > 0 && ' · '}
          <PageLink href={path} className="underline">
            {text}
          </PageLink>
        </span>
      ))}
    </li>
  )
}
