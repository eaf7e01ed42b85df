import { latest } from '../async/latest'
import { type GroupBits, MAX_GROUPS } from '../counts/label-groups'
import { AREA_SHARE_BINS } from '../manifest/bins'
import type { Choices } from './choices'
import { setsWithAny } from './choose-sets'
import type { Cube, ImageGroups } from './cube'
import { type SetPatterns, setPatterns } from './set-patterns'
import { type CellSums, emptySums } from './tally'

/**
 * Sums over the images of each cell, for one choice of labels. While only image facets change, counts add up these
 * sums instead of the rows of the cubes.
 */
export interface CellTable {
  /**
   * Sums of the images with a chosen label, or of all images. The result must not be changed. Null until it is
   * computed.
   */
  sums(): CellSums | null
  /** Chosen masks, at `cell * AREAS + bin`. Null until they are computed. */
  areas(): Uint32Array | null
  /** Images in each group, at `cell * MAX_GROUPS + group`. Null until they are computed. */
  groups(bits: GroupBits): Uint32Array | null
}

/** Area bins of one cell, without the bin of masks that are not measured. */
export const AREAS = AREA_SHARE_BINS.edges.length

/** Parts of a table. Missing parts are computed between questions. */
interface Parts {
  readonly choices: Choices
  readonly all: boolean
  sums?: CellSums
  areas?: Uint32Array
  readonly groups: Map<GroupBits, Uint32Array | null>
}

interface Kept {
  /** Tables of the most recent choices. */
  readonly latest: Map<string, Parts>
  /** Tables of choices that are likely to come; they are never removed. */
  readonly expected: Map<string, Parts>
}

const kept = new WeakMap<Cube, Kept>()

const keptOf = (cube: Cube): Kept => {
  const known = kept.get(cube) ?? { latest: new Map(), expected: new Map() }
  kept.set(cube, known)
  return known
}

/** The three arrays are equal in part; the key has each distinct one once, and says which it is. */
function keyOf({ selected, counted, shown }: Choices, all: boolean): string {
  const key = `${all} ${selected.join('')}`
  if (counted !== selected) return `${key} counted ${counted.join('')}`
  return shown === selected ? key : `${key} shown ${shown.join('')}`
}

/**
 * The table of a choice of labels. Computing it costs more than a count without it, so it only has the parts that
 * `makeTables` has computed since the choice was first requested.
 *
 * @param choices The labels whose masks count: `selected` for sums, `counted` for areas, `shown` for groups.
 * @param all Whether images without a chosen label are selected too.
 */
export function cellTable(cube: Cube, choices: Choices, all: boolean): CellTable {
  const key = keyOf(choices, all)
  const known = keptOf(cube)
  const parts =
    known.expected.get(key) ??
    latest(known.latest, key, (): Parts => ({ choices, all, groups: new Map() }))
  return {
    sums: () => parts.sums ?? null,
    areas: () => parts.areas ?? null,
    groups(bits) {
      const found = parts.groups.get(bits) ?? null
      if (found === null) parts.groups.set(bits, null)
      return found
    },
  }
}

/**
 * Request the table of a choice of labels in advance, so that `makeTables` computes it. It takes some 4 MB at full
 * size.
 *
 * @param bits The groups that will be requested.
 */
export function expectChoice(cube: Cube, choices: Choices, bits: GroupBits): void {
  const groups = new Map([[bits, null]])
  keptOf(cube).expected.set(keyOf(choices, false), { choices, all: false, groups })
}

/** Computes the tables of recent choices, then of expected ones. Each step computes one part of a table. */
export function* makeTables(cube: Cube): Generator<void> {
  const { latest, expected } = keptOf(cube)
  for (const parts of [...latest.values(), ...expected.values()]) {
    const { choices, all, groups } = parts
    const { selected, counted, shown } = choices
    if (!parts.sums) {
      parts.sums = sumImages(cube, selected, all ? null : setsWithAny(cube.sets, selected))
      yield
    }
    if (!parts.areas) {
      parts.areas = sumAreas(cube, counted)
      yield
    }
    for (const [bits, found] of groups) {
      if (found) continue
      groups.set(bits, sumGroups(cube, shown, all ? null : setsWithAny(cube.sets, shown), bits))
      yield
    }
  }
}

/** @param passes 1 for the label sets whose images are selected; null for all. */
export function sumImages(cube: Cube, chosen: Uint8Array, passes: Uint8Array | null): CellSums {
  const cells = cube.cells.dataset.length
  const sums = emptySums(cells)
  for (let cell = 0; cell < cells; cell++) {
    /*#__NOINLINE__*/ sumCell(cube.images, cell, passes, sums)
    if (passes !== null) sums.masks[cell] = /*#__NOINLINE__*/ chosenMasks(cube, cell, chosen)
  }
  return sums
}

function sumCell(groups: ImageGroups, cell: number, passes: Uint8Array | null, sums: CellSums) {
  let [images, masks, sized, bytes] = [0, 0, 0, 0]
  const end = groups.starts[cell + 1] as number
  for (let group = groups.starts[cell] as number; group < end; group++) {
    if (passes !== null && passes[groups.set[group] as number] === 0) continue
    images += groups.images[group] as number
    masks += groups.masks[group] as number
    sized += groups.sized[group] as number
    bytes += groups.bytes[group] as number
  }
  sums.images[cell] = images
  sums.masks[cell] = masks
  sums.sized[cell] = sized
  sums.bytes[cell] = bytes
}

function chosenMasks({ labels }: Cube, cell: number, chosen: Uint8Array): number {
  let masks = 0
  const end = labels.starts[cell + 1] as number
  for (let row = labels.starts[cell] as number; row < end; row++)
    if (chosen[labels.label[row] as number] === 1) masks += labels.masks[row] as number
  return masks
}

function sumAreas({ cells, areas }: Cube, chosen: Uint8Array): Uint32Array {
  const sums = new Uint32Array(cells.dataset.length * AREAS)
  for (let cell = 0; cell < cells.dataset.length; cell++)
    /*#__NOINLINE__*/ sumCellAreas(areas, cell, chosen, sums)
  return sums
}

function sumCellAreas(
  { starts, label, area, masks }: Cube['areas'],
  cell: number,
  chosen: Uint8Array,
  sums: Uint32Array,
) {
  const end = starts[cell + 1] as number
  for (let row = starts[cell] as number; row < end; row++) {
    if (chosen[label[row] as number] === 0) continue
    const at = cell * AREAS + (area[row] as number)
    sums[at] = (sums[at] as number) + (masks[row] as number)
  }
}

function sumGroups(
  { cells, images, sets }: Cube,
  chosen: Uint8Array,
  passes: Uint8Array | null,
  bits: GroupBits,
): Uint32Array {
  const patterns = setPatterns(sets, bits, chosen)
  const sums = new Uint32Array(cells.dataset.length * MAX_GROUPS)
  for (let cell = 0; cell < cells.dataset.length; cell++)
    /*#__NOINLINE__*/ sumCellGroups(images, cell, passes, patterns, sums)
  return sums
}

function sumCellGroups(
  { starts, set, images }: ImageGroups,
  cell: number,
  passes: Uint8Array | null,
  patterns: SetPatterns,
  sums: Uint32Array,
) {
  const first = cell * MAX_GROUPS
  const end = starts[cell + 1] as number
  for (let group = starts[cell] as number; group < end; group++) {
    const its = set[group] as number
    if (passes !== null && passes[its] === 0) continue
    patterns.look(its)
    const n = images[group] as number
    addBits(sums, first, patterns.low[its] as number, n)
    addBits(sums, first + 32, patterns.high[its] as number, n)
  }
}

function addBits(sums: Uint32Array, first: number, word: number, n: number) {
  for (let left = word; left !== 0; left &= left - 1) {
    const at = first + 31 - Math.clz32(left & -left)
    sums[at] = (sums[at] as number) + n
  }
}
