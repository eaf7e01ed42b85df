'use client'

import { labelPath } from '../../lib/catalog/paths'
import { EMPTY_FILTER, withAll, withValues } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { formatCount, formatShare } from '../../lib/format'
import { PageLink } from '../ui/page-link'
import { useCubeQuery } from '../use-cube-query'
import { LinkedHead, LinkedName, ReservedRows } from './linked-row'

/** Maximum number of labels that are shown. */
const FIRST = 12
const COUNTS = [{ title: 'images with both', width: 'w-32' }]

/** The labels that occur on the same images as a label, by the number of images that have both. */
export function LabelPartners({
  name,
  total,
}: {
  name: string
  /** Images of the label. */
  total: number
}) {
  const { found, error } = useCubeQuery(name, cube => cube.partners(name))
  const waiting = found === null && error === null
  const shown = (found ?? []).slice(0, FIRST)
  const count = found && (found.length > FIRST ? `${FIRST} of ${formatCount(found.length)}` : '')
  const shareOf = (images: number) => (total > 0 ? images / total : 0)
  return (
    <section
      aria-labelledby="page-partners-title"
      aria-busy={waiting}
      data-testid="page-partners"
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <header className="mb-1 flex flex-wrap items-baseline gap-x-3">
        <h2 id="page-partners-title" className="font-semibold">
          Found together with
        </h2>
        <p className="text-[11px] text-muted">
          {['other labels on the same images', count].filter(Boolean).join(' · ')}
        </p>
      </header>
      {error !== null && (
        <p role="alert" className="text-wrong">
          Could not count the labels found together with {name}: {error}
        </p>
      )}
      {found?.length === 0 && (
        <p className="text-muted">No image with this label has another one.</p>
      )}
      {(waiting || shown.length > 0) && (
        <table className="w-full table-fixed border-collapse text-[12px]">
          <LinkedHead noun="label" counts={COUNTS} />
          <tbody>
            {shown.map(({ label, images }) => (
              <tr key={label} className="hover:bg-raised">
                <LinkedName name={label} path={labelPath(label)} share={shareOf(images)}>
                  {label}
                </LinkedName>
                <td data-images={images} className="text-right">
                  <PageLink
                    href={bothPath(name, label)}
                    title={`Images with both ${name} and ${label} in the overview`}
                    className="underline decoration-line underline-offset-2 hover:decoration-current"
                  >
                    {formatCount(images)}
                  </PageLink>
                </td>
                <td className="text-right text-muted">{formatShare(shareOf(images))}</td>
              </tr>
            ))}
            {waiting && <ReservedRows count={FIRST} columns={2} />}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** The overview of the images that have both labels. */
const bothPath = (one: string, other: string) =>
  `/?${formatFilter(withAll(withValues(EMPTY_FILTER, 'label', [one, other]), 'label', true))}`
