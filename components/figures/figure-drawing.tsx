'use client'

import { useEffect, useState } from 'react'
import type { Figure } from '../../lib/figures/figure'
import { useQuery } from '../use-query'

/** A figure's picture, the same SVG as in the file to download. */
export function FigureDrawing({ figure }: { figure: Figure }) {
  const { found: svg, error } = useQuery(figure, 'svg', async one => {
    const { figureSvg } = await import('../../lib/figures/svg.browser.ts')
    return figureSvg(one)
  })
  const url = useSvgUrl(svg)
  if (error)
    return (
      <p role="alert" className="text-wrong">
        Could not draw this figure: {error}
      </p>
    )
  if (!figure.picture) return <p className="text-muted">{figure.gap}</p>
  if (url)
    return (
      // biome-ignore lint/performance/noImgElement: the picture is not a file of the server
      <img
        src={url}
        alt={`${figure.title}; the numbers are in the table below`}
        className="max-w-full bg-white"
      />
    )
  return (
    <p data-waits className="h-72 text-muted">
      Drawing…
    </p>
  )
}

/** A URL of an SVG text; null until it is made. */
function useSvgUrl(svg: string | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (svg === null) return
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    setUrl(made)
    // Later, so that the next picture is shown first.
    return () => void setTimeout(URL.revokeObjectURL, 1000, made)
  }, [svg])
  return url
}
