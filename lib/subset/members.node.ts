import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Member } from '../split/member'
import { type Sql, sql } from '../sql'
import type { SplitPlan } from './split-plan'

/** Id column of what is drawn, by the plan's `by`. */
const MEMBER_ID = { patient: 'patient_id', case: 'case_id' } as const

/** What is drawn: patients or cases. */
export type MemberKind = keyof typeof MEMBER_ID

/** Fill `case_members` (case_id, member_id, dataset_id, patient_id) for all cases of the manifest. */
export const fillCaseMembers = (engine: NodeEngine, by: MemberKind): Promise<void> =>
  engine.run(`CREATE OR REPLACE TABLE case_members AS
    SELECT case_id, ${MEMBER_ID[by]} AS member_id, dataset_id, patient_id FROM cases`)

interface MemberRow {
  readonly id: number
  readonly dataset: string
  readonly caseName: string
  readonly patient: string
  readonly rule: string
  readonly images: number
}

/**
 * The patients or cases of `subset_images`, ordered by id.
 *
 * @param stratify What the splits are balanced by, besides dataset and size.
 */
export async function readMembers(
  engine: NodeEngine,
  stratify: SplitPlan['stratify'],
): Promise<Member[]> {
  const rows = await engine.rows<MemberRow>(sql`
    WITH counted AS (SELECT case_id, count(*) AS n
      FROM subset_images JOIN images USING (image_id) GROUP BY case_id)
    SELECT member_id AS id, dataset, min(case_name) AS "caseName", any_value(patient) AS patient,
      any_value(rule) AS rule, sum(n)::DOUBLE AS images
    FROM counted JOIN case_members USING (case_id)
      JOIN (SELECT case_id, case_name FROM cases) USING (case_id)
      JOIN (SELECT patient_id, patient, rule FROM patients) USING (patient_id)
      JOIN datasets USING (dataset_id)
    GROUP BY ALL ORDER BY id`)
  const strata = new Map(
    (await engine.rows<{ id: number; stratum: string }>(STRATA[stratify])).map(row => [
      row.id,
      row.stratum,
    ]),
  )
  return rows.map(({ rule, patient, ...member }) => ({
    ...member,
    patient: rule === 'unknown' ? null : patient,
    stratum: strata.get(member.id) ?? '',
  }))
}

/**
 * What each member is balanced by: all modalities of the member, or the label of the member that fewest members have.
 */
const STRATA: Readonly<Record<SplitPlan['stratify'], Sql>> = {
  none: sql`SELECT 0 AS id, '' AS stratum WHERE FALSE`,
  modality: sql`SELECT member_id AS id, string_agg(DISTINCT modality, ' ' ORDER BY modality) AS stratum
    FROM subset_images JOIN images USING (image_id) JOIN submodalities USING (submodality_id)
      JOIN (SELECT case_id, member_id FROM case_members) USING (case_id)
    GROUP BY member_id`,
  label: sql`WITH carried AS (SELECT DISTINCT member_id, label
      FROM (SELECT DISTINCT image_id, label_id FROM subset_masks) JOIN labels USING (label_id)
        JOIN (SELECT image_id, case_id FROM images) USING (image_id)
        JOIN (SELECT case_id, member_id FROM case_members) USING (case_id)),
    counted AS (SELECT label, count(*) AS n FROM carried GROUP BY label)
    SELECT member_id AS id, arg_min(label, (n, label)) AS stratum
    FROM carried JOIN counted USING (label) GROUP BY member_id`,
}
