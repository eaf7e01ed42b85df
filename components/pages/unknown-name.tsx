'use client'

import Link from 'next/link'
import { type ReactNode, useEffect, useLayoutEffect } from 'react'
import { openPalette } from '../palette/palette-state'

/** A name that the manifest lacks: says so, and what may have been meant. */
export function UnknownName({
  name,
  kind,
  statement,
  nearest,
  children,
}: {
  name: string
  kind: 'Dataset' | 'Label'
  statement: string
  nearest: readonly { readonly value: string; readonly path: string }[]
  children?: ReactNode
}) {
  // Next answers notFound() with an empty page that the browser fills: it has neither run the
  // script that sets the theme, nor a title.
  useLayoutEffect(setMissingTheme, [])
  useEffect(() => {
    document.title = `${name} is not in this manifest · SA-Med2D Explorer`
  }, [name])
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
            Nearest names in it
          </h2>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {nearest.map(({ value, path }) => (
              <li key={value}>
                <Link href={path} prefetch={false} className="underline">
                  {value}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
      <p>
        <button type="button" onClick={() => openPalette('search')} className="underline">
          Search all names
        </button>
        , or see everything in the{' '}
        <Link href="/" className="underline">
          overview
        </Link>
        .
      </p>
    </main>
  )
}

function setMissingTheme() {
  const { dataset } = document.documentElement
  if (dataset.theme) return
  const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  dataset.theme = storedTheme() ?? (isDark ? 'dark' : 'light')
}

function storedTheme(): string | null {
  try {
    const theme = localStorage.getItem('theme')
    return theme === 'dark' || theme === 'light' ? theme : null
  } catch {
    // Storage can be forbidden: the system's theme stands.
    return null
  }
}
