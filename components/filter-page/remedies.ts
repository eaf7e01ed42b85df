import { FACETS, isAllFacet } from '../../lib/filter/facets'
import { activeFacets, type Filter, isEmpty, wantsAll, withAll } from '../../lib/filter/filter'
import { filterParts } from './filter-parts'

/** A change of a filter that leaves something. */
export interface Remedy {
  /** "Drop modality PET and organ Eye". */
  readonly text: string
  /** How many things it changes at once. */
  readonly size: number
  readonly change: (filter: Filter) => Filter
  /** Images that are left. */
  readonly images: number
}

/** Counts beyond so many take longer than people wait for a way out. */
const MAX_COUNTED = 60

/**
 * The smallest changes of a filter that leave an image: dropping parts of it, or asking for any of the
 * values that an image must have all of. Those of one change if there are any, else those of two, and
 * so on; dropping everything is none of them.
 *
 * @param imagesOf Images under a filter; 0 where that cannot be known.
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

/** Of values that any would do of, none has to be dropped. */
const isSensible = (steps: readonly Step[]) =>
  !steps.some(any => !any.isDrop && steps.some(one => one.isDrop && one.facet === any.facet))

function textOf(steps: readonly Step[]): string {
  const drops = steps.filter(({ isDrop }) => isDrop).map(({ text }) => text)
  const anys = steps.filter(({ isDrop }) => !isDrop).map(({ text }) => text)
  const text = [...(drops.length > 0 ? [`remove ${drops.join(' and ')}`] : []), ...anys].join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** All choices of so many items, in their order. */
function subsets<Item>(items: readonly Item[], size: number): Item[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) =>
    subsets(items.slice(at + 1), size - 1).map(rest => [item, ...rest]),
  )
}

const subsetCount = (n: number, size: number): number =>
  size === 0 ? 1 : (subsetCount(n - 1, size - 1) * n) / size
