'use client'

import { useEffect } from 'react'

/** Shown after a bug in a component. The URL keeps the filter, so trying again makes sense. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => {
    document.documentElement.dataset.state = 'error'
  }, [])
  return (
    <main role="alert" className="grow px-6 py-10">
      <h1 className="mb-2 text-xl font-semibold">This page stopped working</h1>
      <p className="mb-3">{error.message}</p>
      <p>
        The URL still holds your filter.{' '}
        <button type="button" onClick={reset} className="underline">
          Try again
        </button>
      </p>
    </main>
  )
}
