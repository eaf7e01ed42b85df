'use client'

import { useMemo, useRef, useState } from 'react'
import { messageOf } from '../../lib/errors'
import { countOf, formatCount } from '../../lib/format'
import { MAX_PICKED, recipeOf } from '../../lib/subset/recipe'
import { addImageIds, imageIdColumn } from '../../lib/workbench/image-ids'
import { useEngine } from '../engine-provider'
import { RecipeLink } from '../picks/recipe-link'
import { ToolButton } from '../ui/tool-button'
import type { Workbench } from './use-workbench'

interface SubsetOfAnswerProps {
  readonly answer: NonNullable<Workbench['answer']>
  readonly each: Workbench['each']
  readonly isIdle: boolean
}

/** Button that makes a subset of the images in an answer, or why that is not possible. */
export function SubsetOfAnswer({ answer, each, isIdle }: SubsetOfAnswerProps) {
  const { table, isCut, text } = answer
  const column = imageIdColumn(table.schema.fields)
  const shown = useMemo(() => {
    const ids = new Set<number>()
    if (column !== null) addImageIds(ids, table.getChildAt(column) ?? [])
    return ids
  }, [table, column])
  const rest = useAllImages(text, each)
  if (column === null || shown.size === 0) return null
  const ids = isCut ? rest.ids : shown
  if (ids && ids.size > MAX_PICKED)
    return (
      <span role="status" className="text-[11px] text-muted">
        More than {formatCount(MAX_PICKED)} images: too many for a list of image ids. Select fewer,
        or build the subset from filters.
      </span>
    )
  if (ids) return <LinkToSubset ids={ids} />
  return (
    <>
      <ToolButton onClick={rest.read} disabled={!isIdle || !each || rest.isReading}>
        {rest.isReading ? 'Reading all rows…' : 'Subset of all images in the result…'}
      </ToolButton>
      {rest.problem && (
        <span role="alert" className="text-wrong">
          {rest.problem}
        </span>
      )}
    </>
  )
}

function LinkToSubset({ ids }: { ids: ReadonlySet<number> }) {
  const { id: manifest } = useEngine().manifest
  const recipe = useMemo(() => {
    const images = [...ids].sort((a, b) => a - b)
    return recipeOf('', { steps: [{ op: 'pick', images }], manifest })
  }, [ids, manifest])
  return <RecipeLink recipe={recipe}>Subset of {countOf(ids.size, 'image')}</RecipeLink>
}

/** Reads the image ids of all rows of a statement, also of rows that are not shown. */
function useAllImages(text: string, each: Workbench['each']) {
  const [found, setFound] = useState<{ text: string; ids: Set<number> } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isReading, setReading] = useState(false)
  const running = useRef(false)
  const read = async () => {
    if (!each || running.current) return
    running.current = true
    setReading(true)
    setProblem(null)
    const stop = new AbortController()
    const ids = new Set<number>()
    try {
      await each(
        text,
        (batch, schema) => {
          const column = imageIdColumn(schema.fields)
          if (column !== null) addImageIds(ids, batch.getChildAt(column) ?? [])
          if (ids.size > MAX_PICKED) stop.abort()
        },
        stop.signal,
      )
      setFound({ text, ids })
    } catch (error) {
      if (stop.signal.aborted) setFound({ text, ids })
      else setProblem(messageOf(error))
    } finally {
      running.current = false
      setReading(false)
    }
  }
  return { ids: found?.text === text ? found.ids : null, read, isReading, problem }
}
