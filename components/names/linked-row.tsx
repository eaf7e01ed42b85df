'use client'

import { formatCount, formatShare } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { PageLink } from '../ui/page-link'

const NAME = 'relative py-0.5 pr-2 text-left font-normal max-md:py-1.5'

/** Empty rows of the same height, until the counts are there. */
export const ReservedRows = ({ count, columns = 3 }: { count: number; columns?: number }) =>
  Array.from({ length: count }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no names yet
    <tr key={i}>
      <td className={NAME}>
        <span className="block text-muted">…</span>
      </td>
      <td colSpan={columns} />
    </tr>
  ))

/** Head of a table of linked counts: columns for the name, the counts (with their widths) and the share. */
export const LinkedHead = ({
  noun,
  counts,
}: {
  noun: string
  counts: readonly { readonly title: string; readonly width: string }[]
}) => (
  <thead className="text-[11px] text-muted">
    <tr>
      <th scope="col" className="text-left font-normal">
        {noun}
      </th>
      {counts.map(({ title, width }) => (
        <th key={title} scope="col" className={`${width} text-right font-normal`}>
          {title}
        </th>
      ))}
      <th
        scope="col"
        className="w-[4.5rem] text-right font-normal"
        title="Share of the images above"
      >
        share
      </th>
    </tr>
  </thead>
)

/** Cell with a name as a link, and a line below it whose length is the share. */
export const LinkedName = ({
  name,
  path,
  share,
  children,
}: {
  name: string
  path: string
  share: number
  children: string
}) => (
  <th scope="row" className={NAME}>
    <span aria-hidden="true" className="absolute inset-x-0 bottom-0 mr-2 h-[2px] bg-line">
      <span className="block h-full bg-data" style={{ width: `${Math.min(100, 100 * share)}%` }} />
    </span>
    <PageLink href={path} title={name} className="block truncate hover:underline">
      {children}
    </PageLink>
  </th>
)

/** One value of a table of linked counts. */
export function LinkedRow({
  row: { value, images, masks },
  total,
  path,
  children,
}: {
  row: FacetCount
  total: number
  path: string
  children: string
}) {
  const share = total > 0 ? images / total : 0
  return (
    <tr className="hover:bg-raised">
      <LinkedName name={value} path={path} share={share}>
        {children}
      </LinkedName>
      <td data-images={images} className="text-right">
        {formatCount(images)}
      </td>
      <td className="text-right text-muted">{formatCount(masks)}</td>
      <td className="text-right text-muted">{formatShare(share)}</td>
    </tr>
  )
}
