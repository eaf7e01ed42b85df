import type { GroupBits } from '../counts/label-groups'
import type { Cube, ImageGroups } from './cube'
import { PatternRuns } from './patterns'
import { type SetPatterns, setPatterns } from './set-patterns'
import type { Question } from './tally'

/**
 * Call a question's `addPattern` for the images of some cells. The groups of an image follow from its label set.
 *
 * @param groups Groups of each label id.
 * @param cells Cells whose images are counted.
 * @param chosen 1 for each label id that is selected.
 * @param passes 1 for the label sets whose images are selected; null for all.
 */
export function addPatterns(
  { images, sets }: Cube,
  groups: GroupBits,
  { attribute, addPattern }: Question,
  cells: Uint32Array,
  chosen: Uint8Array,
  passes: Uint8Array | null,
): void {
  const patterns = setPatterns(sets, groups, chosen)
  if (attribute) {
    const runs = new PatternRuns(addPattern)
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number
      /*#__NOINLINE__*/ tellCell(images, cell, attribute.of[cell] as number, patterns, passes, runs)
    }
    runs.end()
    return
  }
  // Many cells have images with the same label set, so images are added up by set first.
  const bySet = new Float64Array(sets.count)
  for (let i = 0; i < cells.length; i++)
    /*#__NOINLINE__*/ countSets(images, cells[i] as number, bySet)
  for (let set = 0; set < bySet.length; set++) {
    const n = bySet[set] as number
    if (n === 0 || (passes !== null && passes[set] === 0)) continue
    patterns.look(set)
    addPattern(0, patterns.low[set] as number, patterns.high[set] as number, n)
  }
}

function countSets({ starts, set, images }: ImageGroups, cell: number, bySet: Float64Array) {
  const end = starts[cell + 1] as number
  for (let group = starts[cell] as number; group < end; group++) {
    const its = set[group] as number
    bySet[its] = (bySet[its] as number) + (images[group] as number)
  }
}

function tellCell(
  { starts, set, images }: ImageGroups,
  cell: number,
  value: number,
  patterns: SetPatterns,
  passes: Uint8Array | null,
  runs: PatternRuns,
) {
  const { low, high } = patterns
  const end = starts[cell + 1] as number
  for (let group = starts[cell] as number; group < end; group++) {
    const its = set[group] as number
    if (passes !== null && passes[its] === 0) continue
    patterns.look(its)
    runs.add(value, low[its] as number, high[its] as number, images[group] as number)
  }
}
