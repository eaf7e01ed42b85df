'use client'

import { useEffect, useRef, useState } from 'react'
import { messageOf } from '../../lib/errors'
import { countOf, formatBytes, formatCount } from '../../lib/format'
import { type Recipe, recipeText } from '../../lib/subset/recipe'
import { ZIP_MOST_BYTES, ZIP_MOST_FILES } from '../../lib/subset/release-zip'
import { download } from '../download'
import { useEngine, usePlace } from '../engine-provider'
import { usePictures } from '../gallery/use-pictures'
import { ToolButton } from '../ui/tool-button'
import { fetchCommand } from './commands'
import { creditsOf } from './credits-of'
import type { SubsetCounts } from './use-subset-counts'
import { downloadZip, type ZipProgress } from './zip-download'

/**
 * Button that downloads the pictures of a small subset as a ZIP. For a large subset, shows the reason and an
 * alternative.
 */
export function ZipButton({
  recipe,
  query,
  counts,
}: {
  recipe: Recipe
  query: string
  counts: SubsetCounts
}) {
  const { manifest } = useEngine()
  const place = usePlace()
  const pictures = usePictures()
  const [progress, setProgress] = useState<ZipProgress | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const running = useRef<AbortController | null>(null)
  // A running download is aborted when the recipe changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the recipe is what it depends on
  useEffect(() => {
    setProblem(null)
    return () => running.current?.abort()
  }, [query])
  if (counts.cost.files === 0) return null
  const why = pictures?.hasStore === false ? NO_STORE : tooMuch(counts)
  if (why !== null)
    return (
      <p data-testid="zip-instead" className="max-w-[80ch]">
        {why} <code className="text-[12px] break-words">{fetchCommand(place, recipe)}</code>
      </p>
    )
  const start = async () => {
    const stop = new AbortController()
    running.current = stop
    setProblem(null)
    setProgress({ files: 0, total: counts.cost.files, bytes: 0 })
    const pinned = { ...recipe, manifest: manifest.id }
    const credits = creditsOf(manifest, recipe, counts.cost)
    try {
      const texts = { 'subset.json': recipeText(pinned), 'credits.md': credits }
      const zip = await downloadZip(query, texts, setProgress, stop.signal)
      download(zip, `${recipe.name}.zip`)
    } catch (error) {
      if (!stop.signal.aborted) setProblem(messageOf(error))
      stop.abort()
    }
    if (running.current === stop) setProgress(null)
  }
  return (
    <div className="flex flex-wrap items-center gap-2" data-testid="zip">
      {progress ? (
        <>
          <progress value={progress.files} max={progress.total} aria-label="Pictures in the ZIP" />
          <span role="status">
            {formatCount(progress.files)} of {countOf(progress.total, 'picture')},{' '}
            {formatBytes(progress.bytes)}
          </span>
          <ToolButton onClick={() => running.current?.abort()}>Cancel</ToolButton>
        </>
      ) : (
        <ToolButton onClick={start}>
          Download {countOf(counts.cost.files, 'picture')} as a ZIP
        </ToolButton>
      )}
      {problem && (
        <p role="alert" className="basis-full text-wrong">
          {problem}
        </p>
      )}
    </div>
  )
}

const NO_STORE =
  'The server has no image store (--images), so it cannot build a ZIP. Fetch from the archive instead:'

/** Why a subset is too large for a ZIP in the browser; null if it is not. */
function tooMuch({ cost }: SubsetCounts): string | null {
  const bytes = cost.archive?.unpackedBytes ?? cost.imageBytes ?? 0
  if (cost.files <= ZIP_MOST_FILES && bytes <= ZIP_MOST_BYTES) return null
  const found = bytes > 0 ? ` and ${formatBytes(bytes)}` : ''
  return `A ZIP from this page can hold at most ${formatCount(ZIP_MOST_FILES)} pictures and ${formatBytes(ZIP_MOST_BYTES)}; this subset has ${formatCount(cost.files)}${found}. Fetch from the archive instead:`
}
