'use client'

import { useState } from 'react'
import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { LinkedHead, LinkedRow, ReservedRows } from './linked-row'

const FIRST = 20
const COUNTS = [
  { title: 'images', width: 'w-20' },
  { title: 'masks', width: 'w-20' },
]

/** Number of rows, of `count`, that are shown before "Show all". */
const firstOf = (count: number) => (count <= FIRST + 2 ? count : FIRST)

/** Values with their counts, most images first. Each value is a link, with a bar for its share of the images. */
export function LinkedCounts({
  id,
  title,
  note,
  noun,
  rows,
  reserved,
  failure,
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
  /** How many rows there will be. */
  reserved: number
  /** Why they cannot be counted. */
  failure: string | null
  /** Images of the dataset or label that the page is about. */
  total: number
  pathOf: (value: string) => string
  nameOf?: (value: string) => string
}) {
  const [whole, setWhole] = useState(false)
  const sorted = [...(rows ?? [])].sort(
    (a, b) => b.images - a.images || (a.value < b.value ? -1 : 1),
  )
  const shown = whole ? sorted : sorted.slice(0, firstOf(sorted.length))
  const waiting = rows === null && failure === null
  const count = rows?.length ?? (waiting ? reserved : 0)
  return (
    <section
      aria-labelledby={`${id}-title`}
      aria-busy={waiting}
      data-testid={id}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id={`${id}-title`} className="mb-1 flex flex-wrap items-baseline gap-x-3 font-semibold">
        {title}
        <span className="text-[11px] font-normal text-muted">
          {[(rows || waiting) && formatCount(count), note].filter(Boolean).join(' · ')}
        </span>
      </h2>
      {rows === null && failure !== null && (
        <p role="alert" className="text-wrong">
          {title} could not be loaded: {failure}
        </p>
      )}
      {rows?.length === 0 && <p className="text-muted">None.</p>}
      {count > 0 && (
        <table className="w-full table-fixed border-collapse text-[12px]">
          <LinkedHead noun={noun} counts={COUNTS} />
          <tbody>
            {shown.map(row => (
              <LinkedRow key={row.value} row={row} total={total} path={pathOf(row.value)}>
                {nameOf(row.value)}
              </LinkedRow>
            ))}
            {waiting && <ReservedRows count={firstOf(count)} />}
          </tbody>
        </table>
      )}
      {(waiting ? firstOf(count) < count : shown.length < sorted.length) || whole ? (
        <button
          type="button"
          aria-expanded={whole}
          disabled={waiting}
          onClick={() => setWhole(!whole)}
          className="mt-1 text-[11px] text-muted hover:text-text"
        >
          {whole ? 'Show fewer' : `Show all ${formatCount(count)}`}
        </button>
      ) : null}
    </section>
  )
}
