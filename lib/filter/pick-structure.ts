import { type Dimensions, datasetStructures } from './dimensions'
import { type Filter, passesFacet, withoutFacet, withValues } from './filter'

const LESION = 'Lesion'

/** The structure whose masks a filter selects, as set by `pickStructure`; null if none. */
export function pickedStructure({ lesion, region }: Filter): string | null {
  if (lesion?.length !== 1) return null
  if (lesion[0] === '1') return LESION
  return region?.length === 1 ? (region[0] ?? null) : null
}

/**
 * The filter after a click on a structure (by mask): it selects what the bar counts. A second click removes it, and
 * another structure replaces it.
 */
export function pickStructure(filter: Filter, structure: string): Filter {
  const before = pickedStructure(filter)
  const cleared = before === null ? filter : withoutStructure(filter, before)
  if (before === structure) return cleared
  const picked = withoutFacet(cleared, 'lesion')
  // A region that was picked elsewhere stays, because the bar of lesions was counted within it.
  if (structure === LESION) return withValues(picked, 'lesion', ['1'])
  const inRegion = withValues(withoutFacet(picked, 'region'), 'region', [structure])
  return withValues(inRegion, 'lesion', ['0'])
}

function withoutStructure(filter: Filter, structure: string): Filter {
  const kept = structure === LESION ? filter : withoutFacet(filter, 'region')
  return withoutFacet(kept, 'lesion')
}

/** The datasets that cover a structure, as the paper attributes them. */
export const datasetsOf = (structure: string, { datasets }: Pick<Dimensions, 'datasets'>) =>
  datasets.filter(row => datasetStructures(row).includes(structure)).map(row => row.dataset)

/** The structures of which exactly all datasets are picked. */
export function pickedDatasetStructures(
  { dataset: picked }: Filter,
  structures: readonly string[],
  dimensions: Pick<Dimensions, 'datasets'>,
): string[] {
  if (!picked) return []
  return structures.filter(structure => {
    const datasets = datasetsOf(structure, dimensions)
    return datasets.length === picked.length && datasets.every(name => picked.includes(name))
  })
}

/**
 * The filter after a click on a structure (by dataset): it selects the datasets that cover the structure, out of
 * those that the filter leaves, as the bar counts them. A second click selects all datasets again. If the filter
 * leaves no such dataset, all that cover the structure are selected.
 */
export function pickDatasetStructure(
  filter: Filter,
  structure: string,
  dimensions: Pick<Dimensions, 'datasets'>,
): Filter {
  const wasPicked = pickedDatasetStructures(filter, [structure], dimensions).length > 0
  const cleared = withoutFacet(filter, 'dataset')
  if (wasPicked) return cleared
  const covering = datasetsOf(structure, dimensions)
  const counted = covering.filter(name => passesFacet(filter, 'dataset', name))
  return withValues(cleared, 'dataset', counted.length > 0 ? counted : covering)
}
