import type { NodeEngine } from '../engine/duckdb.node.ts'
import { findOverlaps, type Overlap } from '../split/find-overlaps'
import { groupBy } from '../split/group-by'
import type { OverlapPair } from '../split/overlap-pairs'
import { type SizeCount, sizeSummary } from '../split/size-summary'
import { type Sql, sql } from '../sql'
import { readMembers } from './members.node.ts'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { type PeopleAcross, peopleAcross } from './shared-people.node.ts'
import type { HowSplit, OverlapReport, SplitPart, SplitReport, SplitRow } from './split-report'
import { splitWarnings } from './split-warnings'

/**
 * Report what the splits in `subset_splits` contain, and what is in several of them. Needs `case_members` to be filled.
 *
 * @param how How the splits were made.
 * @param images Images of the subset before any were left out.
 * @param asked Requested images per split; null where the plan gives no number.
 * @param pairs What is known about overlapping datasets.
 * @param hasDuplicates Whether the engine has a table `duplicates`.
 */
export async function splitReport(
  engine: NodeEngine,
  how: HowSplit,
  images: number,
  asked: readonly (number | null)[],
  pairs: readonly OverlapPair[],
  hasDuplicates: boolean,
): Promise<SplitReport> {
  await fillRows(engine)
  const sizes = await sizesBySplit(engine)
  const counts = await countParts(engine)
  const splits = SPLIT_NAMES.map((split, i): SplitPart => {
    const found = counts.find(row => row.split === split)
    return {
      split,
      images: found?.images ?? 0,
      patients: found?.patients ?? 0,
      cases: found?.cases ?? 0,
      datasets: found?.datasets ?? 0,
      labels: found?.labels ?? 0,
      asked: asked[i] ?? null,
      imagesPerPatient: sizeSummary(sizes.get(split) ?? []),
    }
  })
  const overlaps = findOverlaps(await readMembers(engine, 'none'), pairs)
  const people = await peopleAcross(engine, overlaps)
  const { algorithm, by, blocks, equalPictures, excluded } = how
  const report = {
    algorithm,
    by,
    blocks,
    equalPictures,
    excluded,
    splits,
    folds: await countFolds(engine),
    datasets: await rowsOf(engine, sql`split_datasets`),
    labels: await rowsOf(engine, sql`split_labels`),
    leftOut: images - splits.reduce((all, one) => all + one.images, 0),
    sharedPatients: await countShared(engine, sql`patient_id`),
    sharedPatientsBy: await sharedPatientsBy(engine),
    sharedPeople: people.all,
    sharedCases: await countShared(engine, sql`case_id`),
    sharedDuplicates: hasDuplicates ? await sharedDuplicates(engine, how) : null,
    unknownPatients: await unknownPatients(engine),
    overlaps: await overlapReports(engine, overlaps, people),
  }
  return { ...report, warnings: splitWarnings(report, how, images, sizes) }
}

/**
 * Fill a table with a row per image of a split, its case and its patient. Also fill tables of images by split, patient
 * and label or dataset.
 */
async function fillRows(engine: NodeEngine): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE split_rows AS
    SELECT image_id, split, fold, case_id, patient_id, dataset_id
    FROM subset_splits JOIN (SELECT image_id, case_id FROM images) USING (image_id)
      JOIN (SELECT case_id, patient_id, dataset_id FROM cases) USING (case_id)`)
  // Within an image each name is a single label. So ids are counted, and names are joined afterwards.
  await engine.run(`CREATE OR REPLACE TABLE split_labels AS
    SELECT label AS name, split, patient_id, sum(n) AS images
    FROM (SELECT label_id, split, patient_id, count(*) AS n
        FROM (SELECT DISTINCT image_id, label_id FROM subset_masks)
          JOIN (SELECT image_id, split, patient_id FROM split_rows) USING (image_id)
        GROUP BY ALL)
      JOIN labels USING (label_id)
    GROUP BY ALL`)
  await engine.run(`CREATE OR REPLACE TABLE split_datasets AS
    SELECT dataset AS name, split, patient_id, count(*) AS images
    FROM split_rows JOIN datasets USING (dataset_id) GROUP BY ALL`)
}

interface PartRow {
  readonly split: SplitName
  readonly images: number
  readonly patients: number
  readonly cases: number
  readonly datasets: number
  readonly labels: number
}

const countParts = (engine: NodeEngine): Promise<PartRow[]> =>
  engine.rows<PartRow>(sql`
    WITH labelled AS (SELECT split, count(DISTINCT name)::DOUBLE AS labels FROM split_labels GROUP BY split)
    SELECT split, count(*)::DOUBLE AS images, count(DISTINCT patient_id)::DOUBLE AS patients,
      count(DISTINCT case_id)::DOUBLE AS cases, count(DISTINCT dataset_id)::DOUBLE AS datasets,
      coalesce(any_value(labels), 0) AS labels
    FROM split_rows LEFT JOIN labelled USING (split) GROUP BY split`)

const countFolds = (engine: NodeEngine) =>
  engine.rows<SplitReport['folds'][number]>(sql`
    SELECT fold, count(*)::DOUBLE AS images, count(DISTINCT patient_id)::DOUBLE AS patients
    FROM split_rows WHERE fold IS NOT NULL GROUP BY fold ORDER BY fold`)

/** How many patients of each split have a given number of images. Splits are in order, without empty ones. */
async function sizesBySplit(engine: NodeEngine): Promise<Map<SplitName, SizeCount[]>> {
  const rows = await engine.rows<SizeCount & { split: SplitName }>(sql`
    SELECT split, images, count(*)::DOUBLE AS patients
    FROM (SELECT split, patient_id, count(*)::DOUBLE AS images FROM split_rows GROUP BY ALL)
    GROUP BY ALL ORDER BY ALL`)
  const found = groupBy(rows, ({ split }) => split)
  return new Map(
    SPLIT_NAMES.flatMap(split => {
      const counts = found.get(split)
      return counts ? [[split, counts] as const] : []
    }),
  )
}

/** Patients and images of each dataset or label, by split. */
async function rowsOf(engine: NodeEngine, table: Sql): Promise<SplitRow[]> {
  const rows = await engine.rows<{
    name: string
    split: SplitName
    patients: number
    images: number
  }>(sql`SELECT name, split, count(*)::DOUBLE AS patients, sum(images)::DOUBLE AS images
    FROM ${table} GROUP BY ALL ORDER BY ALL`)
  return [...groupBy(rows, ({ name }) => name)].map(([name, found]) => {
    const of = (split: SplitName) => found.find(row => row.split === split)
    return {
      name,
      patients: SPLIT_NAMES.map(split => of(split)?.patients ?? 0),
      images: SPLIT_NAMES.map(split => of(split)?.images ?? 0),
    }
  })
}

/** Number of values of a key that have images in several splits. */
async function countShared(engine: NodeEngine, key: Sql): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM (SELECT ${key} FROM split_rows
      GROUP BY ${key} HAVING count(DISTINCT split) > 1)`,
  )
  return row?.n ?? 0
}

const sharedPatientsBy = (engine: NodeEngine) =>
  engine.rows<SplitReport['sharedPatientsBy'][number]>(sql`
    SELECT dataset, count(*)::DOUBLE AS patients
    FROM (SELECT dataset_id FROM split_rows GROUP BY dataset_id, patient_id HAVING count(DISTINCT split) > 1)
      JOIN datasets USING (dataset_id)
    GROUP BY dataset ORDER BY dataset`)

/** Groups of equal pictures in several splits. Blank pictures do not count if they are known. */
async function sharedDuplicates(engine: NodeEngine, { equalPictures }: HowSplit): Promise<number> {
  const blank = equalPictures
    ? sql`WHERE duplicate_group NOT IN (SELECT duplicate_group FROM blank_pictures WHERE duplicate_group IS NOT NULL)`
    : sql``
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM (SELECT duplicate_group FROM subset_splits
      JOIN duplicates USING (image_id) ${blank}
      GROUP BY duplicate_group HAVING count(DISTINCT split) > 1)`,
  )
  return row?.n ?? 0
}

const unknownPatients = (engine: NodeEngine) =>
  engine.rows<SplitReport['unknownPatients'][number]>(sql`
    SELECT dataset, count(DISTINCT case_id)::DOUBLE AS cases
    FROM split_rows JOIN (SELECT patient_id, rule FROM patients) USING (patient_id)
      JOIN datasets USING (dataset_id)
    WHERE rule = 'unknown' GROUP BY dataset ORDER BY dataset`)

async function overlapReports(
  engine: NodeEngine,
  overlaps: readonly Overlap[],
  across: PeopleAcross,
): Promise<OverlapReport[]> {
  const splits = await engine.rows<{ dataset: string; split: string }>(
    sql`SELECT DISTINCT dataset, split FROM split_rows JOIN datasets USING (dataset_id)`,
  )
  const splitsOf = groupBy(splits, ({ dataset }) => dataset)
  return overlaps.map(overlap => {
    const { datasets, kind, evidence, source } = overlap.pair
    const both = datasets.flatMap(dataset => splitsOf.get(dataset) ?? [])
    return {
      datasets,
      kind,
      evidence,
      source,
      people: overlap.people.length,
      peopleAcross: across.of(overlap),
      isOpen: overlap.held.length > 0,
      isAcross: new Set(both.map(({ split }) => split)).size > 1,
    }
  })
}
