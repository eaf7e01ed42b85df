'use client'

import { useEffect, useState } from 'react'
import { messageOf } from '../../lib/errors'
import type { Figure } from '../../lib/figures/figure'

/** A figure's picture, drawn as the file that its buttons give. */
export function FigureDrawing({ figure }: { figure: Figure }) {
  const [url, setUrl] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let dropped = false
    let made: string | null = null
    setError(null)
    import('../../lib/figures/svg.browser.ts')
      .then(({ figureSvg }) => figureSvg(figure))
      .then(
        svg => {
          if (dropped || svg === null) return
          made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
          setUrl(made)
        },
        cause => {
          if (!dropped) setError(messageOf(cause))
        },
      )
    return () => {
      dropped = true
      // The next picture takes this one's place first.
      if (made) setTimeout(URL.revokeObjectURL, 1000, made)
    }
  }, [figure])
  if (error)
    return (
      <p role="alert" className="text-wrong">
        Could not draw this figure: {error}
      </p>
    )
  if (!figure.picture) return <p className="text-muted">{figure.gap}</p>
  if (url)
    return (
      // biome-ignore lint/performance/noImgElement: it is no file of the server
      <img
        src={url}
        alt={`${figure.title}; the numbers are in the table below`}
        className="max-w-full bg-white"
      />
    )
  return <p className="h-72 text-muted">Drawing…</p>
}
