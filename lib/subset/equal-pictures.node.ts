import type { NodeEngine } from '../engine/duckdb.node.ts'
import { flagBits } from '../manifest/flags'
import { groupBy } from '../split/group-by'
import { integer, sql } from '../sql'

/**
 * Why equal pictures do not link patients: they have a single colour, hardly any content, or too many patients have
 * them.
 */
export type BlankReason = 'constant' | 'small' | 'many'

/** Groups of equal pictures for a report. */
export interface EqualReport {
  /**
   * Groups of equal pictures that link patients, and how many of them have pictures of at most one member in the
   * subset.
   */
  readonly groups: number
  readonly outside: number
  /** Groups that link no patients, with some examples. */
  readonly blankGroups: number
  readonly blank: readonly BlankGroup[]
}

/** A group of equal pictures that links no patients. */
export interface BlankGroup {
  readonly reason: BlankReason
  readonly images: number
  /** Number of patients or cases that have such a picture. */
  readonly members: number
  /** Dataset of one of the pictures. */
  readonly dataset: string
  readonly caseName: string
}

/** What equal pictures (same size in bytes and same CRC-32) say about the members of a subset. */
export interface EqualPictures {
  /** Members that have equal pictures, one list per group. Includes members that are not in the subset. */
  readonly ties: readonly (readonly number[])[]
  /**
   * Number of these groups that have pictures of at most one member in the subset, so the link needs pictures outside
   * it.
   */
  readonly outside: number
  readonly blank: readonly BlankGroup[]
}

/** A picture smaller than this part of the dataset's median shows next to nothing. */
const SMALL_PART = 1 / 8

/** A person is in few datasets and has few copies. A picture that more members share does not identify a person. */
const MOST_MEMBERS = 10

/** Maximum number of blank groups in a report. */
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
 * Groups of equal pictures that two or more members have, at least one of them in the subset. Fills `blank_pictures`
 * (duplicate_group) with the groups that link nobody. Needs `case_members` to be filled.
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

/** For the report: the number of groups that link and that do not, with the blank groups that most members have. */
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
