import { FACETS, isAllFacet } from '../../lib/filter/facets'
import { activeFacets, type Filter, isEmpty, wantsAll, withAll } from '../../lib/filter/filter'
import { filterParts } from './filter-parts'

/** A change of a filter after which it selects some images. */
export interface Remedy {
  /** "Remove modality PET and organ Eye". */
  readonly text: string
  /** Number of conditions that it changes. */
  readonly size: number
  readonly change: (filter: Filter) => Filter
  /** Images that the changed filter selects. */
  readonly images: number
}

/** Maximum number of filters that are counted; more would take too long. */
const MAX_COUNTED = 60

/**
 * The smallest changes of a filter after which it selects images. A change removes conditions, or requires any
 * of the values of a facet instead of all. Returns changes of one condition if any helps, else of two, and so
 * on. Removing the whole filter is not offered.
 *
 * @param imagesOf Number of images of a filter; 0 if it cannot be counted.
 * @param signal Ends the search when aborted; the result is incomplete then.
 */
export async function remediesOf(
  filter: Filter,
  imagesOf: (filter: Filter) => Promise<number>,
  signal: AbortSignal,
): Promise<readonly Remedy[]> {
  const steps = stepsOf(filter)
  let left = MAX_COUNTED
  for (let size = 1; size <= steps.length; size++) {
    if (subsetCount(steps.length, size) > left) break
    const found: Remedy[] = []
    for (const some of subsets(steps, size).filter(isSensible)) {
      const change = (from: Filter) => some.reduce((changed, step) => step.change(changed), from)
      const changed = change(filter)
      if (isEmpty(changed)) continue
      if (signal.aborted) return []
      left--
      const images = await imagesOf(changed)
      if (images > 0) found.push({ text: textOf(some), size, change, images })
    }
    if (found.length > 0) return found
  }
  return []
}

interface Step extends Pick<Remedy, 'text' | 'change'> {
  readonly facet: string
  readonly isDrop: boolean
}

function stepsOf(filter: Filter): Step[] {
  const drops = filterParts(filter).map(({ facet, text, without }) => ({
    facet,
    text,
    isDrop: true,
    change: without,
  }))
  const anys = activeFacets(filter)
    .filter(isAllFacet)
    .filter(facet => wantsAll(filter, facet) && (filter[facet]?.length ?? 0) > 1)
    .map(facet => ({
      facet,
      text: `match any of the ${FACETS[facet].title.toLowerCase()}s`,
      isDrop: false,
      change: (from: Filter) => withAll(from, facet, false),
    }))
  return [...drops, ...anys]
}

/** Whether no facet is both changed to any of its values and reduced by a value. */
const isSensible = (steps: readonly Step[]) =>
  !steps.some(any => !any.isDrop && steps.some(one => one.isDrop && one.facet === any.facet))

function textOf(steps: readonly Step[]): string {
  const drops = steps.filter(({ isDrop }) => isDrop).map(({ text }) => text)
  const anys = steps.filter(({ isDrop }) => !isDrop).map(({ text }) => text)
  const text = [...(drops.length > 0 ? [`remove ${drops.join(' and ')}`] : []), ...anys].join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** All subsets of `size` items. */
function subsets<Item>(items: readonly Item[], size: number): Item[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map(rest => [item, ...rest]),
  )
}

const subsetCount = (n: number, size: number): number =>
  size === 0 ? 1 : (subsetCount(n - 1, size - 1) * n) / size
