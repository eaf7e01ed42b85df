import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import type { GroupBits } from '../queries/label-groups'
import type { Cube } from './cube'
import { failedRows } from './failed-rows'
import { failedFacets } from './image-facets'
import { chosenLabels, imagesBySet } from './passing'
import type { Rows } from './rows'
import { SCAN_GROUPS, scanMasks } from './scan-masks'
import { setGroups } from './set-groups'

export type PairAttribute = 'submodality' | 'dataset'

/** What pairs are counted from, under one filter. */
export interface PairCells {
  /** Selected images of each label. */
  labelImages(): Float64Array
  /**
   * By an attribute of the images: selected images with a mask of each group
   * (`attribute * SCAN_GROUPS + group`), and selected masks of each label
   * (`attribute * labels + label`).
   */
  byAttribute(
    attribute: PairAttribute,
    groups: GroupBits,
  ): { readonly groupImages: Float64Array; readonly labelMasks: Float64Array }
  /** Each combination of groups that selected images have, and how many; some come repeatedly. */
  patterns(groups: GroupBits, visit: (low: number, high: number, images: number) => void): void
}

const valuesOf = (attribute: PairAttribute, dimensions: Dimensions) =>
  attribute === 'dataset' ? dimensions.datasets.length : dimensions.submodalities.length

/** Exact for filters that `planCount` gives to the cubes. */
export function pairCellsOfCube(cube: Cube, dimensions: Dimensions, filter: Filter): PairCells {
  const chosen = chosenLabels(filter, dimensions)
  const failed = {
    images: failedFacets(cube.images, filter, dimensions),
    labels: failedFacets(cube.labels, filter, dimensions),
  }
  const labelCount = dimensions.labels.length
  return {
    labelImages() {
      const images = new Float64Array(labelCount)
      for (let cell = 0; cell < failed.labels.length; cell++)
        if (failed.labels[cell] === 0) {
          const label = cube.labels.label[cell] as number
          if (chosen[label] === 1)
            images[label] = (images[label] as number) + (cube.labels.images[cell] as number)
        }
      return images
    },
    byAttribute(attribute, groups) {
      const values = valuesOf(attribute, dimensions)
      const groupImages = new Float64Array(values * SCAN_GROUPS)
      const labelMasks = new Float64Array(values * labelCount)
      const { low, high } = setGroups(cube.sets, chosen, groups)
      const ids = cube.images[attribute]
      for (let cell = 0; cell < failed.images.length; cell++) {
        if (failed.images[cell] !== 0) continue
        const set = cube.images.set[cell] as number
        const n = cube.images.images[cell] as number
        const offset = (ids[cell] as number) * SCAN_GROUPS
        addToBits(groupImages, low[set] as number, offset, n)
        addToBits(groupImages, high[set] as number, offset + 32, n)
      }
      const labelIds = cube.labels[attribute]
      for (let cell = 0; cell < failed.labels.length; cell++) {
        const label = cube.labels.label[cell] as number
        if (failed.labels[cell] !== 0 || chosen[label] !== 1) continue
        const at = (labelIds[cell] as number) * labelCount + label
        labelMasks[at] = (labelMasks[at] as number) + (cube.labels.masks[cell] as number)
      }
      return { groupImages, labelMasks }
    },
    patterns(groups, visit) {
      const { low, high } = setGroups(cube.sets, chosen, groups)
      const bySet = imagesBySet(cube, failed.images)
      for (let set = 0; set < bySet.length; set++) {
        const n = bySet[set] as number
        if (n > 0) visit(low[set] as number, high[set] as number, n)
      }
    },
  }
}

/** Exact for every filter. */
export function pairCellsOfRows(rows: Rows, dimensions: Dimensions, filter: Filter): PairCells {
  const scan = (
    options: Pick<Parameters<typeof scanMasks>[2], 'groups' | 'attribute' | 'onImage'>,
  ) =>
    scanMasks(rows, dimensions, {
      selection: resolveFilter(filter, dimensions),
      failed: failedRows(rows.images, filter, dimensions),
      looksAt: Uint8Array.from({ length: 256 }, (_, fails) => (fails === 0 ? 1 : 0)),
      ...options,
    })
  const none: GroupBits = {
    low: new Uint32Array(dimensions.labels.length),
    high: new Uint32Array(dimensions.labels.length),
  }
  return {
    labelImages: () => scan({ groups: none }).labelImages,
    byAttribute: (attribute, groups) =>
      scan({
        groups,
        attribute: { of: rows.images[attribute], values: valuesOf(attribute, dimensions) },
      }),
    patterns(groups, visit) {
      scan({ groups, onImage: (low, high) => visit(low, high, 1) })
    },
  }
}

/** Add to the sum of each bit that is set. */
function addToBits(sums: Float64Array, bits: number, offset: number, n: number) {
  for (let left = bits; left !== 0; left &= left - 1) {
    const at = offset + 31 - Math.clz32(left & -left)
    sums[at] = (sums[at] as number) + n
  }
}
