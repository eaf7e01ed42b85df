import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { parseImageName } from '../release/names'
import { patientOf } from '../release/patient-rule'
import { modalityOf } from '../release/submodalities'

/**
 * Create the tables of a manifest that splits and their reports read, using only names of images. Labels, masks and
 * sizes are unknown. Images are numbered from 0 in the order of `stems`. Names that do not follow the release's naming
 * are left out.
 *
 * @param stems File names of images, without folder and `.png`.
 */
export async function tablesOfNames(engine: NodeEngine, stems: Iterable<string>): Promise<void> {
  await engine.run(`
    CREATE TABLE datasets (dataset_id INTEGER, dataset VARCHAR);
    CREATE TABLE submodalities (submodality_id INTEGER, submodality VARCHAR, modality VARCHAR);
    CREATE TABLE axes AS SELECT * FROM (VALUES (0, 'x'), (1, 'y'), (2, 'z'), (3, '2d')) t(axis_id, axis);
    CREATE TABLE patients (patient_id INTEGER, dataset_id INTEGER, patient VARCHAR, rule VARCHAR);
    CREATE TABLE cases (case_id INTEGER, dataset_id INTEGER, case_name VARCHAR, patient_id INTEGER);
    CREATE TABLE labels (label_id INTEGER, label VARCHAR);
    CREATE TABLE masks (image_id INTEGER, label_id INTEGER);
    CREATE TABLE images (image_id INTEGER, dataset_id INTEGER, submodality_id INTEGER, case_id INTEGER,
      case_name VARCHAR, axis_id INTEGER, slice INTEGER, bytes INTEGER, flags INTEGER)`)
  const tables = await openTables(engine)
  const seen = new Set<string>()
  for (const stem of stems) {
    const parsed = parseImageName(`images/${stem}.png`)
    if (typeof parsed === 'string' || seen.has(stem)) continue
    const { submodality, dataset, caseName, axis, slice } = parsed
    const datasetId = tables.datasets.idOf(dataset, dataset)
    const submodalityId = tables.submodalities.idOf(
      submodality,
      submodality,
      modalityOf(submodality) ?? '',
    )
    const { patient, rule } = patientOf(dataset, caseName)
    const patientId = tables.patients.idOf(
      JSON.stringify([dataset, patient, rule]),
      datasetId,
      patient,
      rule,
    )
    const caseKey = JSON.stringify([dataset, caseName])
    const caseId = tables.cases.idOf(caseKey, datasetId, caseName, patientId)
    const axisId = ['x', 'y', 'z', '2d'].indexOf(axis)
    tables.images.append(
      seen.size,
      datasetId,
      submodalityId,
      caseId,
      caseName,
      axisId,
      slice,
      null,
      0,
    )
    seen.add(stem)
  }
  for (const table of Object.values(tables)) table.close()
}

async function openTables({ connection }: NodeEngine) {
  const keyed = async (table: string, ...types: ('INTEGER' | 'VARCHAR')[]) => {
    const writer = await TableWriter.open(connection, table, ['INTEGER', ...types])
    const ids = new Map<string, number>()
    return {
      /** The id of a key. A new key is written with its values. */
      idOf(key: string, ...values: (number | string)[]): number {
        const known = ids.get(key)
        if (known !== undefined) return known
        writer.append(ids.size, ...values)
        ids.set(key, ids.size)
        return ids.size - 1
      },
      close: () => writer.close(),
    }
  }
  const id = 'INTEGER'
  const ofImages = [id, id, id, id, 'VARCHAR', 'INTEGER', 'INTEGER', 'INTEGER', 'INTEGER'] as const
  return {
    datasets: await keyed('datasets', 'VARCHAR'),
    submodalities: await keyed('submodalities', 'VARCHAR', 'VARCHAR'),
    patients: await keyed('patients', 'INTEGER', 'VARCHAR', 'VARCHAR'),
    cases: await keyed('cases', 'INTEGER', 'VARCHAR', 'INTEGER'),
    images: await TableWriter.open(connection, 'images', ofImages),
  }
}
