'use client'

import Link from 'next/link'
import { formatCount, formatShare } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'

/** Cell of a name with its share below it. */
export const LINKED_NAME = 'relative py-0.5 pr-2 text-left font-normal max-md:py-1.5'

/** As many rows of the same height, while nothing is counted. */
export const ReservedRows = ({ count, columns = 3 }: { count: number; columns?: number }) =>
  Array.from({ length: count }, (_, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no names yet
    <tr key={i}>
      <td className={LINKED_NAME}>
        <span className="block text-muted">…</span>
      </td>
      <td colSpan={columns} />
    </tr>
  ))

/** A share as a line below a name. */
export const ShareLine = ({ share }: { share: number }) => (
  <span aria-hidden="true" className="absolute inset-x-0 bottom-0 mr-2 h-[2px] bg-line">
    <span className="block h-full bg-data" style={{ width: `${Math.min(100, 100 * share)}%` }} />
  </span>
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
      <th scope="row" className={LINKED_NAME}>
        <ShareLine share={share} />
        <Link href={path} prefetch={false} title={value} className="block truncate hover:underline">
          {children}
        </Link>
      </th>
      <td data-images={images} className="text-right">
        {formatCount(images)}
      </td>
      <td className="text-right text-muted">{formatCount(masks)}</td>
      <td className="text-right text-muted">{formatShare(share)}</td>
    </tr>
  )
}
