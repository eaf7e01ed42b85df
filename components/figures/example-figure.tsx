'use client'

import { useMemo, useRef } from 'react'
import type { Examples, FigureInput } from '../../lib/figures/figure'
import { buildFigure } from '../../lib/figures/figures'
import { formatFilter } from '../../lib/filter/query-string'
import { useOnceSeen } from '../deferred/use-once-seen'
import { useServerQuery } from '../use-query'
import { FigureCard } from './figure-card'

/** The figure of example images. The server chooses and draws them, once the figure has been in sight. */
export function ExampleFigure({ input }: { input: FigureInput }) {
  const box = useRef<HTMLDivElement>(null)
  const query = formatFilter(input.filter)
  const { found, current, error } = useServerQuery(useOnceSeen(box) ? query : null, signal =>
    fetchExamples(query, signal),
  )
  const examples = current ? found : null
  const withExamples = useMemo(() => (examples ? { ...input, examples } : input), [input, examples])
  const figure = useMemo(() => {
    const built = buildFigure('example-images', withExamples)
    if (examples) return built
    const gap = error === null ? 'Drawing the examples…' : `Could not load the examples: ${error}`
    return { ...built, gap }
  }, [withExamples, examples, error])
  return (
    <div ref={box} className="min-w-0">
      <FigureCard figure={figure} input={withExamples} />
    </div>
  )
}

async function fetchExamples(query: string, signal: AbortSignal): Promise<Examples> {
  const response = await fetch(`/api/figures/example-images.json${query && `?${query}`}`, {
    signal,
  })
  if (!response.ok) throw new Error((await response.text()).trim() || `status ${response.status}`)
  return response.json()
}
