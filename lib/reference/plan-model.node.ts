import loadHighs from 'highs'
import { LinearProgram } from './linear-program'
import { addGroups, type Group, groupsOf } from './model-groups'
import { addKnown, KNOWN, SEEDS } from './model-known'
import type { PublishedFacts } from './published-facts.node.ts'

/** A known dataset's counts in one modality, rounded: sums may be off by a few. */
export interface SolvedPart {
  readonly dataset: string
  readonly modality: string
  images: number
  masks: number
}

/** Unreleased datasets of one kind: `count` of them share the bins and, together, the totals. */
export interface SolvedGroup extends Group {
  readonly count: number
  readonly images: number
  readonly masks: number
}

/** Read-off structure totals are met this closely (the figure's own error is 0.5%). */
const STRUCTURE_TOLERANCE = 0.003

/** The public release's number of masks is printed as "about 15.8M". */
const RELEASED_MASKS_TOLERANCE = 0.003

/** The first good plan will do; the best one takes hours. */
const SOLVER = { time_limit: 180, mip_rel_gap: 0.08, output_flag: false }

/**
 * Solve for sizes: every exact published number as an equality, the read-off totals per structure
 * within STRUCTURE_TOLERANCE, and as near to the estimates of plan-seeds.ts as that allows.
 *
 * @throws Error if the solver finds no plan.
 */
export async function solvePlanModel(
  facts: PublishedFacts,
): Promise<{ parts: SolvedPart[]; groups: SolvedGroup[] }> {
  const program = new LinearProgram()
  const groups = groupsOf(facts)
  addKnown(program, facts)
  addGroups(program, facts, groups, facts.datasets - KNOWN.length)
  addFacts(program, facts)

  const highs = await loadHighs()
  const solution = highs.solve(program.toString(), SOLVER)
  const value = (name: string) => {
    const column = solution.Columns[name] as { Primal?: number } | undefined
    return Math.round(column?.Primal ?? 0)
  }
  if (value('images_p0') === 0)
    throw new Error(`no plan: the solver ended with status ${solution.Status}`)
  return {
    parts: SEEDS.map(({ dataset, modality }, p) => ({
      dataset,
      modality,
      images: value(`images_p${p}`),
      masks: value(`masks_p${p}`),
    })),
    groups: groups
      .map((group, g) => ({
        ...group,
        count: value(`count_g${g}`),
        images: value(`images_g${g}`),
        masks: value(`masks_g${g}`),
      }))
      .filter(group => group.count > 0),
  }
}

/** The published numbers as rows over the sums of all datasets. */
function addFacts(program: LinearProgram, facts: PublishedFacts): void {
  for (const row of facts.modalities) {
    program.row(program.sum(`images of ${row.modality}`), '=', row.images)
    program.row(program.sum(`masks of ${row.modality}`), '=', row.masks)
  }
  facts.bins.forEach(({ byImages, byMasks }, b) => {
    for (const [kind, count] of [
      ['images', byImages],
      ['masks', byMasks],
    ] as const) {
      const inBin = program.sum(`${kind} in bin ${b}`)
      // No dataset is a candidate for the bin of the largest sizes by images.
      if (Object.keys(inBin).length > 0) program.row(inBin, '=', count)
    }
  })
  for (const row of facts.structures) {
    const known = KNOWN.filter(name => facts.structuresOf(name).includes(row.structure)).length
    program.row(program.sum(`datasets of ${row.structure}`), '=', row.datasets - known)
    for (const kind of ['images', 'masks'] as const) {
      program.between(
        program.sum(`${kind} of ${row.structure}`),
        row[kind] * (1 - STRUCTURE_TOLERANCE),
        row[kind] * (1 + STRUCTURE_TOLERANCE),
      )
    }
  }
  const { images, masks } = facts.released
  program.row(program.sum('images released'), '=', images)
  program.between(
    program.sum('masks released'),
    masks * (1 - RELEASED_MASKS_TOLERANCE),
    masks * (1 + RELEASED_MASKS_TOLERANCE),
  )
}
