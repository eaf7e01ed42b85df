import { type ReactNode, useMemo } from 'react'
import { formatAddress } from '../../lib/subset/address'
import type { Recipe } from '../../lib/subset/recipe'
import { PageLink } from '../ui/page-link'
import { keepLong, shortAddress } from './long-subset'

/** To the page of subsets with a recipe, however long. */
export function RecipeLink({ recipe, children }: { recipe: Recipe; children: ReactNode }) {
  const address = useMemo(() => formatAddress(recipe), [recipe])
  // What an address cannot hold is kept as late as can be: only one such recipe is.
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
