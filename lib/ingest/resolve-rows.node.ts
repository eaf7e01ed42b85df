import type { NodeEngine } from '../engine/duckdb.node.ts'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { withoutRepeated } from '../store/neighbours-sql'
import { STAGE_LOCATOR } from './match-archive.node.ts'

/**
 * Raw rows → the staging tables of a manifest, except datasets: final ids and order. An image that is listed twice is
 * rejected at its second listing, with the masks of that listing. Leaves dataset_ids, used_classes and other tables for
 * `describeDatasets`; `dropWorkTables` removes them.
 *
 * @param placed Whether the rows have `places` in an archive, which become the locator.
 */
export async function resolveRows(
  engine: NodeEngine,
  log: (line: string) => void,
  placed: boolean,
): Promise<void> {
  const masks = { name: 'masks in order', statements: placed ? STAGE_LOCATOR : STAGE_MASKS }
  for (const { name, statements } of [...STEPS, masks]) {
    const start = performance.now()
    for (const statement of statements) await engine.run(statement)
    log(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
}

const LABEL_ORDER =
  'label, organ NULLS LAST, region NULLS LAST, is_lesion, is_union, side NULLS LAST'

/** Start of the expression of `rejects.input` for rows that are appended; the order follows. */
const NEXT_INPUT = '(SELECT count(*) FROM rejects) - 1 + row_number() OVER ('

const STEPS: readonly { name: string; statements: readonly string[] }[] = [
  {
    name: 'datasets, modalities, cases',
    statements: [
      `CREATE TABLE dataset_ids AS
        SELECT dataset, name, (row_number() OVER (ORDER BY name) - 1)::USMALLINT AS dataset_id
        FROM raw_datasets SEMI JOIN raw_images USING (dataset)`,
      `CREATE TABLE submodality_ids AS
        SELECT *, (row_number() OVER (ORDER BY modality, code) - 1)::UTINYINT AS submodality_id,
          dense_rank() OVER (ORDER BY modality)::UTINYINT AS modality_rank
        FROM raw_submodalities SEMI JOIN raw_images USING (submodality)`,
      `INSERT INTO submodalities
        SELECT submodality_id, code, modality FROM submodality_ids ORDER BY submodality_id`,
      'INSERT INTO axes FROM raw_axes ORDER BY axis_id',
      `INSERT INTO stage_cases
        SELECT (row_number() OVER () - 1)::UINTEGER AS case_id, dataset_id, case_name
        FROM ${withoutRepeated(
          ['dataset_id', 'case_name'],
          `(
          SELECT dataset_id, case_name
          FROM ${withoutRepeated(['dataset', 'case_name'], 'raw_images')} JOIN dataset_ids USING (dataset)
          ORDER BY dataset_id, case_name)`,
        )}`,
    ],
  },
  {
    name: 'images in order',
    statements: [
      // The first listing of an image counts; cases are numbered in order of dataset and name.
      `CREATE TABLE image_ids AS
        SELECT *, (row_number() OVER () - 1)::UINTEGER AS image_id
        FROM ${withoutRepeated(
          ['case_id', 'axis_id', 'slice', 'submodality_id'],
          `(
          SELECT seq, case_id, dataset_id, axis_id, slice, submodality_id, modality_rank
          FROM raw_images JOIN dataset_ids USING (dataset) JOIN submodality_ids USING (submodality)
            JOIN stage_cases USING (dataset_id, case_name)
          ORDER BY modality_rank, case_id, axis_id, slice, submodality_id, seq)`,
        )}`,
      `INSERT INTO stage_images
        SELECT image_id, dataset_id, submodality_id, case_id, axis_id, slice, NULL, NULL, NULL
        FROM image_ids ORDER BY image_id`,
    ],
  },
  {
    name: 'images listed twice',
    statements: [
      `CREATE TABLE repeated AS SELECT *, ${IMAGE_NAME_SQL} AS image FROM (
        SELECT seq, code AS submodality, name AS dataset, case_name, axis, slice
        FROM raw_images ANTI JOIN image_ids USING (seq) JOIN raw_submodalities USING (submodality)
          JOIN raw_datasets USING (dataset) JOIN raw_axes USING (axis_id))`,
      `INSERT INTO rejects
        SELECT ${NEXT_INPUT}ORDER BY seq), 'image', 'duplicate-image', image, NULL
        FROM repeated ORDER BY seq`,
      `INSERT INTO rejects
        SELECT ${NEXT_INPUT}ORDER BY nth), 'mask', 'image-rejected', ${MASK_NAME_SQL}, image
        FROM (SELECT rowid AS nth, * FROM raw_masks) JOIN repeated USING (seq)
          JOIN (SELECT class, class_id FROM raw_classes) USING (class)
        ORDER BY nth`,
      'DROP TABLE repeated',
    ],
  },
  {
    name: 'labels',
    statements: [
      `CREATE TABLE used_classes AS
        SELECT * FROM raw_classes
        SEMI JOIN (SELECT DISTINCT class FROM raw_masks SEMI JOIN image_ids USING (seq)) USING (class)`,
      `INSERT INTO labels
        SELECT (row_number() OVER (ORDER BY ${LABEL_ORDER}) - 1)::USMALLINT AS label_id, *
        FROM (SELECT DISTINCT label, organ, region, is_lesion, is_union, side FROM used_classes)
        ORDER BY label_id`,
      `CREATE TABLE class_labels AS
        SELECT class, dataset_id, label_id, class_id FROM used_classes u JOIN dataset_ids USING (dataset)
        JOIN labels l ON u.label = l.label AND u.organ IS NOT DISTINCT FROM l.organ
          AND u.region IS NOT DISTINCT FROM l.region AND u.is_lesion = l.is_lesion
          AND u.is_union = l.is_union AND u.side IS NOT DISTINCT FROM l.side`,
      `INSERT INTO class_ids
        SELECT dataset_id, label_id, class_id FROM class_labels ORDER BY dataset_id, class_id`,
    ],
  },
]

const STAGE_MASKS: readonly string[] = [
  `INSERT INTO stage_masks
    SELECT image_id, label_id, instance, NULL, NULL, NULL, NULL, NULL, NULL
    FROM raw_masks JOIN image_ids USING (seq) JOIN class_labels USING (class)
    ORDER BY image_id, label_id, instance`,
]

const WORK_TABLES = ['dataset_ids', 'submodality_ids', 'image_ids', 'used_classes', 'class_labels']

/** Drop the work tables of `resolveRows`. */
export async function dropWorkTables(engine: NodeEngine): Promise<void> {
  for (const table of WORK_TABLES) await engine.run(`DROP TABLE ${table}`)
}
