'use client'

import { useMemo } from 'react'
import { countOf } from '../../lib/format'
import { recipeOf } from '../../lib/subset/recipe'
import { useEngine } from '../engine-provider'
import { ToolButton } from '../ui/tool-button'
import { RecipeLink } from './recipe-link'
import { usePicks } from './use-picks'

/** Number of picked images, a link to a subset of them, and a button that clears them. */
export function PicksBar() {
  const { ids, isFull, clear } = usePicks()
  const { manifest } = useEngine()
  return (
    <span className="flex items-center gap-1.5">
      <span role="status" data-testid="picked" data-value={ids.length}>
        {ids.length > 0 && `${countOf(ids.length, 'image')} picked`}
        {isFull && ', the most that one step can hold'}
      </span>
      {ids.length > 0 && (
        <>
          <SubsetOfPicks ids={ids} manifestId={manifest.id} />
          <ToolButton onClick={clear} label="Clear the picked images">
            Clear
          </ToolButton>
        </>
      )}
    </span>
  )
}

function SubsetOfPicks({ ids, manifestId }: { ids: readonly number[]; manifestId: string }) {
  const recipe = useMemo(
    () => recipeOf('', { steps: [{ op: 'pick', images: ids }], manifest: manifestId }),
    [ids, manifestId],
  )
  return <RecipeLink recipe={recipe}>Add to subset</RecipeLink>
}
