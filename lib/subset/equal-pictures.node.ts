import type { NodeEngine } from '../engine/duckdb.node.ts'
import { flagBits } from '../manifest/flags'
import { groupBy } from '../split/group-by'
import { integer, sql } from '../sql'

/** Why equal pictures tie nobody: they have one colour, hardly any content, or too many patients have them. */
export type BlankReason = 'constant' | 'small' | 'many'

/** Equal pictures in a report. */
export interface EqualReport {
  /** Groups of equal pictures that tie patients, and those of them with at most one picture in the subset. */
  readonly groups: number
  readonly outside: number
  /** Groups that tie nobody, with some of them. */
  readonly blankGroups: number
  readonly blank: readonly BlankGroup[]
}

/** A group of equal pictures that ties nobody. */
export interface BlankGroup {
  readonly reason: BlankReason
  readonly images: number
  /** Patients, or cases, that have one of them. */
  readonly members: number
  /** Where one of them lies. */
  readonly dataset: string
  readonly caseName: string
}

/** What equal pictures (size in bytes and CRC-32) say of the members of a subset. */
export interface EqualPictures {
  /** Members that have equal pictures, group by group; also some that are not in the subset. */
  readonly ties: readonly (readonly number[])[]
  /** Ties that pictures outside the subset make. */
  readonly outside: number
  readonly blank: readonly BlankGroup[]
}

/** A picture of less than so much of the median of its dataset shows next to nothing. */
const SMALL_PART = 1 / 8

/** One person is in a few datasets, and has a few copies; so many patients with one picture are no person. */
const MOST_MEMBERS = 10

/** Blank pictures that a report lists. */
const MOST_LISTED = 20

interface GroupRow {
  readonly id: number
  readonly images: number
  readonly members: number
  readonly isConstant: boolean
  readonly part: number | null
  readonly dataset: string
  readonly caseName: string
}

/**
 * Groups of equal pictures that two or more members have, one of them in the subset at least. Fills
 * `blank_pictures` (duplicate_group) with those that tie nobody. `case_members` is filled.
 */
export async function equalPictures(engine: NodeEngine): Promise<EqualPictures> {
  await engine.run(`CREATE OR REPLACE TABLE equal_pictures AS
    SELECT duplicate_group, image_id, member_id, dataset_id, case_id, bytes, flags,
      image_id IN (FROM subset_images) AS is_inside
    FROM duplicates JOIN (SELECT image_id, case_id, bytes, flags FROM images) USING (image_id)
      JOIN (SELECT case_id, member_id, dataset_id FROM case_members) USING (case_id)`)
  const groups = await engine.rows<GroupRow>(sql`
    WITH inside AS (SELECT DISTINCT member_id FROM subset_images
        JOIN (SELECT image_id, case_id FROM images) USING (image_id)
        JOIN (SELECT case_id, member_id FROM case_members) USING (case_id)),
      typical AS (SELECT dataset_id, median(bytes) AS typical FROM images
        SEMI JOIN equal_pictures USING (dataset_id) GROUP BY dataset_id)
    SELECT duplicate_group AS id, count(*)::DOUBLE AS images,
      count(DISTINCT member_id)::DOUBLE AS members,
      bool_or((flags & ${integer(flagBits(['constant']))}) > 0) AS "isConstant",
      max(bytes / typical)::DOUBLE AS part, arg_min(dataset, image_id) AS dataset,
      arg_min(case_name, image_id) AS "caseName"
    FROM equal_pictures JOIN typical USING (dataset_id) JOIN datasets USING (dataset_id)
      JOIN (SELECT case_id, case_name FROM cases) USING (case_id)
    GROUP BY duplicate_group
    HAVING count(DISTINCT member_id) > 1 AND bool_or(member_id IN (FROM inside)) ORDER BY id`)
  const reasons = new Map<number, BlankReason>()
  for (const group of groups) {
    const reason = reasonOf(group)
    if (reason) reasons.set(group.id, reason)
  }
  await keepBlank(engine, [...reasons.keys()])
  const rows = await engine.rows<{ group: number; member: number; inside: boolean }>(sql`
    SELECT duplicate_group AS "group", member_id AS member, bool_or(is_inside) AS inside
    FROM equal_pictures GROUP BY ALL ORDER BY ALL`)
  const found = new Set(groups.map(({ id }) => id))
  const ties = [...groupBy(rows, ({ group }) => group)].filter(
    ([group]) => found.has(group) && !reasons.has(group),
  )
  return {
    ties: ties.map(([, members]) => members.map(({ member }) => member)),
    outside: ties.filter(([, members]) => members.filter(({ inside }) => inside).length < 2).length,
    blank: groups.flatMap(({ id, images, members, dataset, caseName }) => {
      const reason = reasons.get(id)
      return reason ? [{ reason, images, members, dataset, caseName }] : []
    }),
  }
}

/** For the report: how many groups tie and how many do not, with the blank ones that most have. */
export const equalReport = ({ ties, outside, blank }: EqualPictures): EqualReport => ({
  groups: ties.length,
  outside,
  blankGroups: blank.length,
  blank: [...blank].sort((a, b) => b.members - a.members).slice(0, MOST_LISTED),
})

function reasonOf({ isConstant, part, members }: GroupRow): BlankReason | null {
  if (isConstant) return 'constant'
  if (part !== null && part < SMALL_PART) return 'small'
  return members > MOST_MEMBERS ? 'many' : null
}

async function keepBlank(engine: NodeEngine, groups: readonly number[]): Promise<void> {
  await engine.rows(sql`CREATE OR REPLACE TABLE blank_pictures AS
    SELECT unnest(${{ text: `[${groups.map(group => integer(group).text).join(', ')}]::INTEGER[]`, params: [] }}) AS duplicate_group`)
}
