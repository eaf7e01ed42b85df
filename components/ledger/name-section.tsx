'use client'

import { memo, useState } from 'react'
import { formatCount } from '../../lib/format'
import { PRESENCE_NOTES, PRESENCE_TEXT } from '../../lib/ledger/labels'
import type { Section } from '../../lib/ledger/ledger'
import type { NameLine } from '../../lib/ledger/line'
import { type LedgerView, type NameOrder, shownNames } from '../../lib/ledger/view'
import { PageLink } from '../ui/page-link'
import { LedgerSection, WideTable } from './ledger-section'
import { NothingShown } from './nothing-shown'
import { ReasonLinks } from './reason-links'
import { SortHead } from './sort-head'

const HEAD = 'border-b border-line py-1 pl-4 font-normal'
const NOT_PUBLISHED = 'the paper does not publish numbers at this level'

/** Datasets, prefixes or labels: whether the release has them, and what this manifest has. */
export function NameSection({
  section,
  view,
  pathOf,
}: {
  section: Section<NameLine>
  view: LedgerView
  pathOf: (name: string) => string
}) {
  const [order, setOrder] = useState<NameOrder>('name')
  const lines = shownNames(section.lines, view, order)
  const sort = { order, onOrder: setOrder }
  const hasReasons = section.lines.some(({ reasons }) => reasons.length > 0)
  return (
    <LedgerSection
      id={section.id}
      title={`${section.title} (${formatCount(lines.length)})`}
      note={section.note}
    >
      {lines.length === 0 ? (
        <NothingShown view={view} isSearched />
      ) : (
        <WideTable label={`${section.title}, table`}>
          <table className="border-collapse text-[12px] max-md:w-full">
            <thead className="bg-background text-[11px] text-muted md:sticky md:top-0">
              <tr>
                <SortHead {...sort} by="name" className="text-left">
                  name
                </SortHead>
                <th scope="col" className={`${HEAD} max-md:hidden`}>
                  paper
                </th>
                <th scope="col" className={`${HEAD} text-left`}>
                  public release
                </th>
                <SortHead {...sort} by="images" className="pl-4 text-right">
                  images
                </SortHead>
                <SortHead {...sort} by="masks" className="pl-4 text-right">
                  masks
                </SortHead>
                {hasReasons && (
                  <th scope="col" className={`${HEAD} text-left`}>
                    why
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <NameRow
                  key={line.id}
                  line={line}
                  path={line.images > 0 ? pathOf(line.name) : null}
                  hasReasons={hasReasons}
                />
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </LedgerSection>
  )
}

const NameRow = memo(function NameRow({
  line: { id, name, release, images, masks, isApart, reasons },
  path,
  hasReasons,
}: {
  line: NameLine
  /** Link of the number; null if it selects no image. */
  path: string | null
  hasReasons: boolean
}) {
  const count = (n: number) => (
    <td data-value={n} className="py-0.5 pl-4 text-right align-baseline">
      {formatCount(n)}
    </td>
  )
  return (
    <tr
      id={id}
      data-apart={isApart}
      className="scroll-mt-10 border-b border-line/50 target:bg-notice hover:bg-raised"
    >
      <th
        scope="row"
        className="py-0.5 text-left align-baseline font-normal wrap-anywhere max-md:min-w-36 max-md:py-1.5"
      >
        {path === null ? (
          name
        ) : (
          <PageLink href={path} className="hover:underline">
            {name}
          </PageLink>
        )}
      </th>
      <td title={NOT_PUBLISHED} className="pl-4 text-center text-muted max-md:hidden">
        —
      </td>
      <td title={PRESENCE_NOTES[release]} className="pl-4 align-baseline text-muted">
        {PRESENCE_TEXT[release]}
      </td>
      {count(images)}
      {count(masks)}
      {hasReasons && (
        <td className="pl-4 align-baseline text-[11px]">
          <ReasonLinks ids={reasons} />
        </td>
      )}
    </tr>
  )
})
