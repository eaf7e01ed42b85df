'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { Examples, FigureInput } from '../../lib/figures/figure'
import { buildFigure } from '../../lib/figures/figures'
import { formatFilter } from '../../lib/filter/query-string'
import { useSight } from '../deferred/use-sight'
import { FigureCard } from './figure-card'

type Answer = { readonly query: string } & (
  | { readonly examples: Examples; readonly error?: undefined }
  | { readonly error: string; readonly examples?: undefined }
)

/** The figure of example images: the server chooses and draws them, once it comes into sight. */
export function ExampleFigure({ input }: { input: FigureInput }) {
  const box = useRef<HTMLDivElement>(null)
  const query = formatFilter(input.filter)
  const answer = useExamples(query, useSeen(box))
  const current = answer?.query === query ? answer : null
  const withExamples = useMemo(
    () => (current?.examples ? { ...input, examples: current.examples } : input),
    [input, current],
  )
  const figure = useMemo(() => {
    const built = buildFigure('example-images', withExamples)
    if (current?.examples) return built
    return { ...built, gap: current?.error ?? 'Drawing the examples…' }
  }, [withExamples, current])
  return (
    <div ref={box} className="min-w-0">
      <FigureCard figure={figure} input={withExamples} />
    </div>
  )
}

function useSeen(box: React.RefObject<HTMLDivElement | null>): boolean {
  const sight = useSight(box)
  const [seen, setSeen] = useState(false)
  useEffect(() => sight.whenSeen(() => setSeen(true)), [sight])
  return seen
}

/** Asked for again with every filter; an answer that comes too late is dropped. */
function useExamples(query: string, wanted: boolean): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    fetchExamples(query, stop.signal).then(
      examples => setAnswer({ query, examples }),
      cause => {
        if (!stop.signal.aborted)
          setAnswer({ query, error: `Could not load the examples: ${cause.message}` })
      },
    )
    return () => stop.abort()
  }, [query, wanted])
  return answer
}

async function fetchExamples(query: string, signal: AbortSignal): Promise<Examples> {
  const response = await fetch(`/api/figures/example-images.json${query && `?${query}`}`, {
    signal,
  })
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`)
  return response.json()
}
