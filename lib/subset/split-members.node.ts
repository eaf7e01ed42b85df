import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { ALGORITHM } from '../split/algorithm'
import { assignUnits } from '../split/assign-units'
import { excludeDatasets } from '../split/exclude-datasets'
import { findOverlaps, type Overlap } from '../split/find-overlaps'
import { joinUnits } from '../split/join-units'
import type { Member } from '../split/member'
import type { OverlapPair } from '../split/overlap-pairs'
import { type CountedSizes, wantedOfCounts, wantedOfShares } from '../split/plan-sizes'
import type { Wanted } from '../split/wanted'
import { integers, sql } from '../sql'
import { drawSlices } from './draw-slices.node.ts'
import { equalPictures, equalReport } from './equal-pictures.node.ts'
import { findBlocks } from './find-blocks'
import { fillCaseMembers, readMembers } from './members.node.ts'
import { SPLIT_NAMES } from './recipe'
import { type Refusal, refusalOf } from './refusal'
import { dropOrphans } from './select.node.ts'
import { REST, type SplitPlan } from './split-plan'
import type { HowSplit, SplitReport } from './split-report'
import { foldsRefusal } from './too-few'
import { wantedSplits } from './wanted-splits'

/** A split may be off by two points. A larger error is refused if blocks do not fit. */
const POINTS = 0.02

/**
 * Fill `subset_splits` (image_id, split, fold) by patient or by case.
 *
 * @param plan A plan that does not split by image.
 * @param pairs What is known about overlapping datasets.
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 * @returns How the split was made, or why it was refused. A refused split leaves no rows.
 */
export async function splitMembers(
  engine: NodeEngine,
  plan: SplitPlan,
  seed: number,
  pairs: readonly OverlapPair[],
  hasDuplicates: boolean,
): Promise<HowSplit | Refusal> {
  const by = plan.by === 'case' ? 'case' : 'patient'
  await fillCaseMembers(engine, by)
  const all = await readMembers(engine, plan.stratify)
  const { members, overlaps, excluded } = without(all, findOverlaps(all, pairs), plan)
  await leaveOut(engine, all, members)
  const pictures = hasDuplicates ? await equalPictures(engine) : null
  const held = plan.overlap === 'together' ? overlaps : []
  const joined = joinUnits(members, [
    ...(pictures?.ties ?? []),
    ...overlaps.flatMap(({ people }) => people),
    ...held.map(overlap => overlap.held.flatMap(side => side.members)),
  ])
  const blocks = findBlocks(members, joined, held)
  const tooFew =
    'folds' in plan && plan.folds
      ? foldsRefusal(plan.folds, plan.shares[2] > 0, {
          units: joined.units.length,
          members: members.length,
          by,
        })
      : null
  if (tooFew) return tooFew
  const sizes = sizesFor(plan, members)
  const { splitOf, held: images } = assignUnits(joined.units, sizes.wanted, seed)
  const short = shortSplits(images, sizes.wanted, members)
  const tooLarge = blocks.filter(block => block.images > limitOf(sizes.wanted, members))
  if (plan.overlap === 'together' && short.length > 0 && tooLarge.length > 0)
    return refusalOf(
      short.map(part => partName(plan, part)),
      tooLarge,
    )
  await writeSplits(engine, members, id => splitOf.get(joined.unitOf.get(id) ?? id), plan)
  const dropped = sizes.drawn ? await drawSlices(engine, sizes.drawn, seed) : 0
  return {
    algorithm: ALGORITHM,
    by,
    overlap: plan.overlap,
    blocks,
    equalPictures: pictures && equalReport(pictures),
    excluded,
    shares: 'shares' in plan ? plan.shares : null,
    wanted: wantedSplits(plan),
    notes: dropped > 0 ? [DRAWN] : [],
  }
}

/** Members to split and the overlaps among them. `exclude` removes the other members. */
function without(
  members: readonly Member[],
  overlaps: readonly Overlap[],
  { overlap }: SplitPlan,
): {
  members: readonly Member[]
  overlaps: readonly Overlap[]
  excluded: SplitReport['excluded']
} {
  if (overlap !== 'exclude') return { members, overlaps, excluded: [] }
  const images = new Map(members.map(({ id, images }) => [id, images]))
  const imagesOf = (id: number) => images.get(id) ?? 0
  const gone = excludeDatasets(overlaps, imagesOf)
  const isGone = (id: number) => [...gone.values()].some(ids => ids.has(id))
  return {
    members: members.filter(({ id }) => !isGone(id)),
    overlaps: overlaps.map(one => ({
      ...one,
      people: one.people.map(person => person.filter(id => !isGone(id))),
      held: [],
    })),
    excluded: [...gone].map(([dataset, ids]) => ({
      dataset,
      images: [...ids].reduce((sum, id) => sum + imagesOf(id), 0),
    })),
  }
}

async function leaveOut(
  engine: NodeEngine,
  all: readonly Member[],
  kept: readonly Member[],
): Promise<void> {
  if (all.length === kept.length) return
  const ids = new Set(kept.map(({ id }) => id))
  const gone = all.filter(({ id }) => !ids.has(id)).map(({ id }) => id)
  await engine.rows(sql`DELETE FROM subset_images WHERE image_id IN (
    SELECT image_id FROM images JOIN (SELECT case_id, member_id FROM case_members) USING (case_id)
    WHERE member_id IN ${integers(gone)})`)
  await dropOrphans(engine)
}

/** Sizes of all parts: train, val and test, or each fold and test. With counts, the images left out come last. */
function sizesFor(plan: SplitPlan, members: readonly Member[]): CountedSizes {
  const total = members.reduce((sum, { images }) => sum + images, 0)
  const largest = largestOf(members)
  if ('counts' in plan)
    return wantedOfCounts(
      plan.counts.map(count => (count === REST ? null : count)),
      total,
      largest,
    )
  const { shares, folds } = plan
  if (!folds) return { wanted: wantedOfShares(shares, total, largest), drawn: null }
  const [train, , test] = shares
  const parts = [...Array.from({ length: folds }, () => train / folds), test]
  return { wanted: wantedOfShares(parts, total, largest), drawn: null }
}

const largestOf = (members: readonly Member[]) =>
  members.reduce((most, { images }) => Math.max(most, images), 0)

/**
 * How far a split may be off before blocks are the cause: two points, or half of the largest patient, whichever is
 * more.
 */
function limitOf({ images, spare }: Wanted, members: readonly Member[]): number {
  const asked = images.reduce((sum, n, split) => sum + (split === spare ? 0 : n), 0)
  return Math.max(POINTS * asked, largestOf(members) / 2)
}

function shortSplits(
  held: readonly number[],
  wanted: Wanted,
  members: readonly Member[],
): number[] {
  const limit = limitOf(wanted, members)
  return wanted.images.flatMap((target, split) => {
    if (split === wanted.spare) return []
    const has = held[split] ?? 0
    const off = wanted.floors ? (wanted.floors[split] ?? 0) - has : Math.abs(has - target)
    return off > limit ? [split] : []
  })
}

/** Name of a part in messages. */
const partName = (plan: SplitPlan, part: number): string =>
  'shares' in plan && plan.folds && part < plan.folds
    ? `fold ${part + 1}`
    : (SPLIT_NAMES[nameOf(plan, part)] ?? '')

/** Index of the split of a part. */
const nameOf = (plan: SplitPlan, part: number): number =>
  'shares' in plan && plan.folds ? (part < plan.folds ? 0 : 2) : part

/** Write the split of each member's images. Images in no split are not written. */
async function writeSplits(
  engine: NodeEngine,
  members: readonly Member[],
  partOf: (member: number) => number | undefined,
  plan: SplitPlan,
): Promise<void> {
  const isFolded = 'shares' in plan && plan.folds !== undefined
  await engine.run(
    'CREATE OR REPLACE TABLE member_splits (member_id INTEGER, split VARCHAR, fold INTEGER)',
  )
  const types = ['INTEGER', 'VARCHAR', 'INTEGER'] as const
  const writer = await TableWriter.open(engine.connection, 'member_splits', types)
  for (const { id } of members) {
    const part = partOf(id)
    if (part === undefined) continue
    const split = SPLIT_NAMES[nameOf(plan, part)]
    if (split) writer.append(id, split, isFolded && split === 'train' ? part + 1 : null)
  }
  writer.close()
  await engine.run(`CREATE OR REPLACE TABLE subset_splits AS
    SELECT image_id, split, fold FROM subset_images JOIN (SELECT image_id, case_id FROM images) USING (image_id)
      JOIN (SELECT case_id, member_id FROM case_members) USING (case_id)
      JOIN member_splits USING (member_id)`)
}

/** A note for splits with drawn slices. */
const DRAWN =
  'Some patients have more images than a split was asked to have: patients were drawn first, and then slices of them.'
