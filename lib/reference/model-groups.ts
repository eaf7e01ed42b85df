import type { LinearProgram, Terms } from './linear-program'
import { PATTERNS } from './plan-patterns'
import type { PublishedFacts } from './published-facts.node.ts'
import { Random, seedOf } from './random'

/** A kind of unreleased dataset, with the size bins its members fall in. */
export interface Group {
  readonly modality: string
  readonly structures: readonly string[]
  readonly imageBin: number
  readonly maskBin: number
}

/** Masks per image of unreleased datasets: outside of this they would not look like the others. */
const MASKS_PER_IMAGE = { min: 1.08, usual: 3, max: 11 }

/** Cost of being far from the usual number of masks per image, against 1 for known datasets. */
const UNUSUAL_COST = 0.6

/** The most datasets of one kind, for variety. */
const MAX_PER_GROUP = 3

/** All kinds of unreleased datasets that the solver may use. */
export const groupsOf = ({ bins }: PublishedFacts): readonly Group[] =>
  PATTERNS.flatMap(({ modality, structures, maxImageBin }) =>
    bins
      .slice(0, maxImageBin + 1)
      .flatMap((_, imageBin) =>
        [imageBin, imageBin + 1]
          .filter(maskBin => maskBin < bins.length)
          .map(maskBin => ({ modality, structures, imageBin, maskBin })),
      ),
  )

/**
 * Variables `count_gN`, and the group's totals `images_gN` and `masks_gN`, for every group.
 *
 * @param total Number of unreleased datasets.
 */
export function addGroups(
  program: LinearProgram,
  { bins }: PublishedFacts,
  groups: readonly Group[],
  total: number,
): void {
  const all: Terms = {}
  groups.forEach(({ modality, structures, imageBin, maskBin }, g) => {
    const [count, images, masks] = [`count_g${g}`, `images_g${g}`, `masks_g${g}`]
    program.integer(count, MAX_PER_GROUP)
    all[count] = 1
    for (const [kind, name, bin] of [
      ['images', images, imageBin],
      ['masks', masks, maskBin],
    ] as const) {
      // Edges of their own, so that sizes do not pile up at the same round numbers.
      const random = new Random(seedOf(name + modality))
      const { lo, hi } = bins[bin] as { lo: number; hi: number }
      const least = Math.ceil(Math.max(lo, 10) * random.between(1.15, 1.9))
      const most = Math.floor(hi * random.between(0.65, 0.9))
      program.row({ [name]: 1, [count]: -least }, '>=', 0)
      program.row({ [name]: 1, [count]: -most }, '<=', 0)
      program.addTo(
        [modality, ...structures].map(place => `${kind} of ${place}`),
        name,
      )
      program.addTo([`${kind} in bin ${bin}`], count)
    }
    program.addTo(
      structures.map(structure => `datasets of ${structure}`),
      count,
    )
    program.row({ [masks]: 1, [images]: -MASKS_PER_IMAGE.min }, '>=', 0)
    program.row({ [masks]: 1, [images]: -MASKS_PER_IMAGE.max }, '<=', 0)
    const [above, below] = [`above_g${g}`, `below_g${g}`]
    program.row({ [masks]: 1, [images]: -MASKS_PER_IMAGE.usual, [above]: -1, [below]: 1 }, '=', 0)
    for (const name of [above, below]) program.cost(name, UNUSUAL_COST / (bins[maskBin]?.hi ?? 1))
  })
  program.row(all, '=', total)
}
