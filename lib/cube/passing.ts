import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import type { Cube } from './cube'

/** 1 for each label id that passes every label facet. */
export function chosenLabels(filter: Filter, dimensions: Dimensions): Uint8Array {
  const { labelIds } = resolveFilter(filter, dimensions)
  const chosen = new Uint8Array(dimensions.labels.length)
  if (labelIds === null) return chosen.fill(1)
  for (const id of labelIds) chosen[id] = 1
  return chosen
}

/** Images of each label set that pass all image facets. */
export function imagesBySet({ images, sets }: Cube, failed: Uint8Array): Float64Array {
  const bySet = new Float64Array(sets.count)
  for (let cell = 0; cell < failed.length; cell++)
    if (failed[cell] === 0) {
      const set = images.set[cell] as number
      bySet[set] = (bySet[set] as number) + (images.images[cell] as number)
    }
  return bySet
}
