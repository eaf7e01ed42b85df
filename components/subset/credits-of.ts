import { defectsOf } from '../../lib/catalog/known-defects'
import { BIBTEX } from '../../lib/figures/published'
import type { PageManifest } from '../../lib/first/first-answers'
import { formatAddress } from '../../lib/subset/address'
import { creditsText } from '../../lib/subset/credits'
import type { Recipe } from '../../lib/subset/recipe'
import type { SubsetCounts } from './use-subset-counts'

/** Licences, known issues and citation of a subset, as Markdown. */
export const creditsOf = (
  { id, name, simulated }: Pick<PageManifest, 'id' | 'name' | 'simulated'>,
  recipe: Recipe,
  { datasets }: Pick<SubsetCounts['cost'], 'datasets'>,
): string =>
  creditsText(datasets, dataset => defectsOf(dataset).map(one => one.what), {
    name: recipe.name,
    manifest: `${name}${simulated ? ' (simulated)' : ''}, manifest ${id}`,
    recipe: formatAddress({ ...recipe, manifest: id }),
    bibtex: BIBTEX,
  })
