'use client'

import type { ReactNode } from 'react'
import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { openPalette, useHasPalette } from '../palette/palette-state'
import { PageLink } from '../ui/page-link'

/** Page of a name that the manifest does not have, with similar names. */
export function UnknownName({
  name,
  kind,
  statement,
  nearest,
  rows,
  pathOf,
  children,
}: {
  name: string
  kind: 'Dataset' | 'Label'
  statement: string
  nearest: readonly string[]
  /** All names of the kind that have images. */
  rows: readonly FacetCount[]
  pathOf: (name: string) => string
  children?: ReactNode
}) {
  const hasPalette = useHasPalette()
  const sorted = [...rows].sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }))
  const link = (value: string) => (
    <PageLink href={pathOf(value)} className="min-w-0 underline wrap-anywhere max-md:py-1">
      {value}
    </PageLink>
  )
  return (
    <main data-testid="unknown-name" className="flex grow flex-col gap-3 px-4 py-6 md:px-6">
      <div>
        <p className="text-[11px] text-muted">{kind}</p>
        <h1 className="text-xl font-semibold break-words">{name}</h1>
      </div>
      <p className="max-w-3xl break-words">{statement}</p>
      {nearest.length > 0 && (
        <section aria-labelledby="nearest-title">
          <h2 id="nearest-title" className="font-semibold">
            Similar names in this manifest
          </h2>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {nearest.map(value => (
              <li key={value}>{link(value)}</li>
            ))}
          </ul>
        </section>
      )}
      {children}
      <p>
        {/* Hidden without scripts, which the search needs; the list below does not. */}
        {hasPalette && (
          <>
            <button type="button" onClick={() => openPalette('search')} className="underline">
              Search all names
            </button>
            , or see
          </>
        )}
        {!hasPalette && 'See'} everything in the{' '}
        <PageLink href="/" className="underline">
          overview
        </PageLink>
        .
      </p>
      {/* Without similar names, all names. */}
      <details open={nearest.length === 0}>
        <summary className="w-fit font-semibold">
          All {kind.toLowerCase()}s in this manifest ({formatCount(sorted.length)})
        </summary>
        <ul className="mt-1 columns-[11rem] gap-x-6">
          {sorted.map(({ value, images }) => (
            <li
              key={value}
              className="flex break-inside-avoid items-baseline justify-between gap-2"
            >
              {link(value)}
              <span className="text-muted" title="images">
                {formatCount(images)}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </main>
  )
}
