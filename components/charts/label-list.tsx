'use client'

import { memo, useDeferredValue, useEffect, useState } from 'react'
import type { LabelRank } from '../../lib/charts/label-ranks'
import { formatCount } from '../../lib/format'

/** Rows in the HTML of the server: as many as a high window shows, so that the page stays small. */
const FIRST = 28

/** The labels by number of masks, with a search; clicking a label selects it. */
export const LabelList = memo(function LabelList({
  ranks,
  pending,
  onPick,
}: {
  ranks: readonly LabelRank[]
  pending: boolean
  onPick: (label: string) => void
}) {
  const [search, setSearch] = useState('')
  const needle = search.trim().toLowerCase()
  // Deferred, because hundreds of rows would delay the charts.
  const found = useDeferredValue(ranks).filter(row => row.value.toLowerCase().includes(needle))
  const [whole, setWhole] = useState(false)
  useEffect(() => setWhole(true), [])
  const shown = whole ? found : found.slice(0, FIRST)
  return (
    <div
      aria-busy={pending}
      className={`flex min-h-0 grow flex-col ${pending ? 'opacity-50' : ''}`}
    >
      <input
        type="search"
        value={search}
        onChange={event => setSearch(event.target.value)}
        placeholder="Search labels"
        aria-label="Search all labels"
        className="mb-1 w-full rounded-sm border border-line bg-background px-1.5 py-1"
      />
      {/* As high as the column beside it, whatever the number of rows. */}
      <div className="relative mb-5 min-h-64 grow">
        <ol
          className="absolute inset-0 overflow-y-auto text-[12px]"
          aria-label="Labels by number of masks"
        >
          {shown.map(row => (
            <li
              key={row.value}
              className="[contain-intrinsic-size:auto_22px] [content-visibility:auto]"
            >
              <button
                type="button"
                aria-pressed={row.picked}
                onClick={() => onPick(row.value)}
                title={`${row.value}: ${formatCount(row.images)} images, ${formatCount(row.masks)} masks`}
                className={`flex w-full gap-2 rounded-sm px-1 py-0.5 text-left hover:bg-raised aria-pressed:bg-raised aria-pressed:font-semibold ${row.excluded ? 'text-muted line-through' : ''}`}
              >
                <span className="w-8 shrink-0 text-right text-muted">{row.rank}</span>
                <span className="grow truncate">{row.value}</span>
                <span className="w-20 shrink-0 text-right">{formatCount(row.images)}</span>
                <span className="w-20 shrink-0 text-right text-muted">
                  {formatCount(row.masks)}
                </span>
              </button>
            </li>
          ))}
          {shown.length === 0 && <li className="text-muted">No label matches “{search}”.</li>}
        </ol>
      </div>
    </div>
  )
})
