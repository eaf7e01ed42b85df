import { type ReactNode, useMemo } from 'react'
import { formatAddress } from '../../lib/subset/address'
import type { Recipe } from '../../lib/subset/recipe'
import { PageLink } from '../ui/page-link'
import { keepLong, shortAddress } from './long-subset'

/** Link to the subset page with a recipe of any length. */
export function RecipeLink({ recipe, children }: { recipe: Recipe; children: ReactNode }) {
  const address = useMemo(() => formatAddress(recipe), [recipe])
  // Stored at the click, because the browser stores only one long recipe.
  const keep = () => keepLong(address)
  return (
    <PageLink
      href={`/subset?${shortAddress(address)}`}
      onMouseDown={keep}
      onClick={keep}
      className="flex min-h-[24px] items-center rounded-sm border border-line px-1.5 hover:border-muted max-md:min-h-[36px]"
    >
      {children}
    </PageLink>
  )
}
