'use client'

import { useState } from 'react'
import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { LinkedRow } from './linked-row'

/** Rows shown before "Show all". */
const FIRST = 20

/** Values with their counts, most images first, each a link; a bar shows its share of the images. */
export function LinkedCounts({
  id,
  title,
  note,
  noun,
  rows,
  total,
  pathOf,
  nameOf = value => value,
}: {
  id: string
  title: string
  note?: string
  noun: string
  /** Null until they are counted. */
  rows: readonly FacetCount[] | null
  /** Images of the dataset or label that the page is about. */
  total: number
  pathOf: (value: string) => string
  nameOf?: (value: string) => string
}) {
  const [whole, setWhole] = useState(false)
  const sorted = [...(rows ?? [])].sort(
    (a, b) => b.images - a.images || (a.value < b.value ? -1 : 1),
  )
  const shown = whole || sorted.length <= FIRST + 2 ? sorted : sorted.slice(0, FIRST)
  return (
    <section
      aria-labelledby={`${id}-title`}
      aria-busy={rows === null}
      data-testid={id}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id={`${id}-title`} className="mb-1 flex flex-wrap items-baseline gap-x-3 font-semibold">
        {title}
        <span className="text-[11px] font-normal text-muted">
          {[rows && formatCount(rows.length), note].filter(Boolean).join(' · ')}
        </span>
      </h2>
      {rows === null && <p className="text-muted">Counting…</p>}
      {rows?.length === 0 && <p className="text-muted">None.</p>}
      {shown.length > 0 && (
        <table className="w-full table-fixed border-collapse text-[12px]">
          <thead className="text-[11px] text-muted">
            <tr>
              <th scope="col" className="text-left font-normal">
                {noun}
              </th>
              <th scope="col" className="w-20 text-right font-normal">
                images
              </th>
              <th scope="col" className="w-20 text-right font-normal">
                masks
              </th>
              <th
                scope="col"
                className="w-[4.5rem] text-right font-normal"
                title="Share of the images above"
              >
                share
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(row => (
              <LinkedRow key={row.value} row={row} total={total} path={pathOf(row.value)}>
                {nameOf(row.value)}
              </LinkedRow>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < sorted.length || whole ? (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-1 text-[11px] text-muted hover:text-text"
        >
          {whole ? 'Show fewer' : `Show all ${formatCount(sorted.length)}`}
        </button>
      ) : null}
    </section>
  )
}
