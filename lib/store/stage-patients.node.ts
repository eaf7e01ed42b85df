import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { createTableSql } from '../manifest/tables'
import { patientOf } from '../release/patient-rule'
import { sql } from '../sql'
import { withoutRepeated } from './neighbours-sql'

/** Number of cases per query. */
const CASES = 65_536

const KEY = ['dataset_id', 'patient', 'rule'] as const

/**
 * Fill `patients` and `cases` from `stage_cases` and `datasets`. The rule of each dataset (data/patients.json) parses
 * the patient from the case name.
 */
export async function stagePatients(engine: NodeEngine): Promise<void> {
  await engine.run(
    'CREATE TABLE case_patients (case_id UINTEGER, dataset_id USMALLINT, patient VARCHAR, rule VARCHAR)',
  )
  const writer = await TableWriter.open(engine.connection, 'case_patients', [
    'UINTEGER',
    'USMALLINT',
    'VARCHAR',
    'VARCHAR',
  ])
  const [count] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM stage_cases`,
  )
  for (let first = 0; first < (count?.n ?? 0); first += CASES) {
    const cases = await engine.rows<{ id: number; of: number; dataset: string; name: string }>(
      sql`SELECT case_id AS id, dataset_id AS "of", dataset, case_name AS name
        FROM stage_cases JOIN datasets USING (dataset_id)
        WHERE case_id >= ${first} AND case_id < ${first + CASES} ORDER BY case_id`,
    )
    for (const { id, of, dataset, name } of cases) {
      const { patient, rule } = patientOf(dataset, name)
      writer.append(id, of, patient, rule)
    }
  }
  writer.close()
  await engine.run(createTableSql('patients'))
  await engine.run(
    `INSERT INTO patients SELECT row_number() OVER () - 1, ${KEY.join(', ')}
      FROM ${withoutRepeated(KEY, `(FROM case_patients ORDER BY ${KEY.join(', ')})`)}`,
  )
  await engine.run(createTableSql('cases'))
  await engine.run(
    `INSERT INTO cases SELECT case_id, dataset_id, case_name, patient_id
      FROM stage_cases JOIN case_patients USING (case_id, dataset_id)
        JOIN patients USING (${KEY.join(', ')})
      ORDER BY case_id`,
  )
  await engine.run('DROP TABLE case_patients; DROP TABLE stage_cases')
}
