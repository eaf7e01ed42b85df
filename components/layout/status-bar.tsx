'use client'

import { useRef } from 'react'
import { formatBytes, formatCount } from '../../lib/format'
import { useEngine } from '../engine-provider'
import type { CountsResult } from '../use-counts'
import { useStickyEdge } from './use-sticky-edge'

/** The line at the bottom of the page: how the counts were made, how fast, and how far the data is loaded. */
export function StatusBar({ result }: { result: CountsResult }) {
  const { stage, progress, manifest, error, retry } = useEngine()
  const { totals } = manifest.summary
  const bar = useRef<HTMLElement>(null)
  useStickyEdge(bar, 'bottom')
  return (
    <footer
      ref={bar}
      className="sticky bottom-0 z-10 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-background px-4 py-1.5 text-[11px] text-muted"
    >
      {result.pending ? <span data-waits>Counting…</span> : <Answered result={result} />}
      {stage === 'error' ? (
        <span role="alert" className="text-wrong">
          {error}{' '}
          <button type="button" onClick={retry} className="underline">
            Retry
          </button>
        </span>
      ) : (
        <LoadState />
      )}
      <span
        className="ml-auto max-md:sr-only"
        title={`Manifest ${manifest.id}, from ${manifest.source}`}
      >
        {manifest.name} · {formatCount(totals.images)} images · manifest {manifest.id.slice(0, 8)}
      </span>
      {progress && stage !== 'error' && (
        <progress
          className="h-1 w-full"
          value={progress.bytes}
          max={progress.bytesTotal}
          aria-label={`Loading: ${formatBytes(progress.bytes)} of ${formatBytes(progress.bytesTotal)}`}
        />
      )}
    </footer>
  )
}

/** How the counts were made and how fast, with the reasons to unfold. */
function Answered({ result: { path, ms, reasons } }: { result: CountsResult }) {
  const time = path === 'summary' ? '' : `, ${Math.round(ms)} ms`
  return (
    <details className="relative">
      <summary
        data-testid="counts-path"
        data-path={path}
        className="cursor-pointer rounded-sm hover:text-text"
      >
        Exact counts{time}
      </summary>
      <p className="absolute bottom-full left-0 mb-2 w-80 max-w-[90vw] border border-line bg-background p-2 text-text">
        {WHY[path]}
        {reasons.length > 0 && ` Reason: ${reasons.join('; ')}.`}
      </p>
    </details>
  )
}

const WHY = {
  summary: 'The manifest lists the counts of the whole dataset.',
  cubes: 'The sums of precomputed counts answer this filter exactly.',
  rows: 'Precomputed counts answer part of this filter. The remaining images were checked one by one.',
} as const

function LoadState() {
  const { stage, progress, manifest } = useEngine()
  const { totals } = manifest.summary
  if (stage === 'rows') return <span>{formatCount(totals.images + totals.masks)} rows loaded</span>
  if (!progress) return <span data-waits>Starting the database…</span>
  const what = stage === 'cubes' ? 'image list' : 'counts'
  return (
    <span>
      Loading {what}: {formatBytes(progress.bytes)} of {formatBytes(progress.bytesTotal)}
    </span>
  )
}
