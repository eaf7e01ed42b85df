import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { Overlap } from '../split/find-overlaps'
import { groupBy } from '../split/group-by'
import { Unions } from '../split/unions'
import { sql } from '../sql'
import type { SharedPeople } from './split-report'

/** People in several splits, in total and for each pair of datasets. */
export interface PeopleAcross {
  readonly all: SharedPeople
  /** People in several splits whose names match in both datasets of an overlap. */
  readonly of: (overlap: Overlap) => number
}

/**
 * Count people with images in several splits. Patients of several datasets count as the same person if their names
 * match. Fills `same_people` (patient_id, person). Needs `split_rows` and `case_members` to be filled.
 *
 * @param overlaps Overlaps of the members in `case_members`.
 */
export async function peopleAcross(
  engine: NodeEngine,
  overlaps: readonly Overlap[],
): Promise<PeopleAcross> {
  const matched = overlaps.flatMap(({ people }) => people)
  // Skips the lookup if no names match.
  const patientsOf =
    matched.length > 0 ? await patientsByMember(engine) : new Map<number, number[]>()
  const patients = (members: readonly number[]): number[] =>
    members.flatMap(member => patientsOf.get(member) ?? [])
  const unions = new Unions()
  for (const person of matched) unions.joinAll(patients(person))
  await writePeople(engine, new Set(matched.flatMap(patients)), unions)
  const splitsOf = groupBy(
    await engine.rows<{ id: number; split: string }>(
      sql`SELECT DISTINCT patient_id AS id, split FROM split_rows SEMI JOIN same_people USING (patient_id)`,
    ),
    ({ id }) => id,
  )
  const isAcross = (person: readonly number[]) =>
    new Set(patients(person).flatMap(id => (splitsOf.get(id) ?? []).map(({ split }) => split)))
      .size > 1
  return { all: await sharedPeople(engine), of: ({ people }) => people.filter(isAcross).length }
}

/** Patients of each member. A case has one patient, and so does a patient itself. */
async function patientsByMember(engine: NodeEngine): Promise<Map<number, number[]>> {
  const rows = await engine.rows<{ member: number; patient: number }>(
    sql`SELECT DISTINCT member_id AS member, patient_id AS patient FROM case_members
      SEMI JOIN split_rows USING (case_id)`,
  )
  return new Map(
    [...groupBy(rows, ({ member }) => member)].map(([member, found]) => [
      member,
      found.map(({ patient }) => patient),
    ]),
  )
}

async function writePeople(
  engine: NodeEngine,
  patients: ReadonlySet<number>,
  unions: Unions,
): Promise<void> {
  await engine.run('CREATE OR REPLACE TABLE same_people (patient_id INTEGER, person INTEGER)')
  const types = ['INTEGER', 'INTEGER'] as const
  const writer = await TableWriter.open(engine.connection, 'same_people', types)
  for (const patient of patients) writer.append(patient, unions.find(patient))
  writer.close()
}

/** The lowest patient id identifies a person. People with several patients are preferred as the example. */
async function sharedPeople(engine: NodeEngine): Promise<SharedPeople> {
  await engine.run(`CREATE OR REPLACE TABLE shared_people AS
    SELECT coalesce(person, patient_id) AS person, list(DISTINCT patient_id) AS patients, max(own) AS own
    FROM (SELECT patient_id, split, count(*) OVER (PARTITION BY patient_id) AS own
        FROM (SELECT DISTINCT patient_id, split FROM split_rows))
      LEFT JOIN same_people USING (patient_id)
    GROUP BY coalesce(person, patient_id) HAVING count(DISTINCT split) > 1`)
  const [count] = await engine.rows<{ n: number; named: number }>(
    sql`SELECT count(*)::DOUBLE AS n, count(*) FILTER (WHERE own = 1)::DOUBLE AS named FROM shared_people`,
  )
  const first = await engine.rows<{ name: string }>(sql`
    SELECT dataset || '/' || patient AS name
    FROM (SELECT unnest(patients) AS patient_id
        FROM (FROM shared_people ORDER BY len(patients) = 1, person LIMIT 1))
      JOIN patients USING (patient_id) JOIN datasets USING (dataset_id)
    ORDER BY name`)
  return {
    people: count?.n ?? 0,
    byNamesOnly: count?.named ?? 0,
    first: first.map(({ name }) => name),
  }
}
