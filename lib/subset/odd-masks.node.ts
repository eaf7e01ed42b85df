import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Manifest } from '../manifest/manifest'
import { MASK_NAME_SQL } from '../release/name-sql'
import { sql } from '../sql'
import type { OddMasks } from './formats'

/** What a file omits because its reader cannot use it. */
export interface Omitted extends OddMasks {
  /** Images that have only such masks, and therefore none in the file. */
  readonly images: number
  /** Paths of some of these masks. */
  readonly first: readonly string[]
}

const KEYS = 'image_id, label_id, instance'
const MOST_NAMED = 3

/**
 * Masks of `subset_masks` that are known to be empty or to have another size than their image. Without measurements,
 * the result is empty.
 */
function oddMasksSql({ files }: Pick<Manifest, 'files'>): string {
  const wrong = files.quality
    ? `SELECT ${KEYS}, true FROM subset_masks
        SEMI JOIN (SELECT ${KEYS} FROM quality WHERE label_id IS NOT NULL AND flag = 'wrong_size')
        USING (${KEYS})`
    : `SELECT ${KEYS}, true FROM subset_masks LIMIT 0`
  // A mask of another size has a NULL area.
  return `(SELECT ${KEYS}, false AS is_wrong FROM subset_masks WHERE area = 0 UNION ALL (${wrong}))`
}

/** Number of such masks in the subset. */
export async function countOddMasks(
  engine: NodeEngine,
  manifest: Pick<Manifest, 'files'>,
): Promise<OddMasks> {
  const odd = { text: oddMasksSql(manifest), params: [] }
  const [row] = await engine.rows<OddMasks>(
    sql`SELECT count(*) FILTER (NOT is_wrong)::DOUBLE AS "emptyMasks",
        count(*) FILTER (is_wrong)::DOUBLE AS "wrongSizeMasks" FROM ${odd}`,
  )
  return { emptyMasks: row?.emptyMasks ?? 0, wrongSizeMasks: row?.wrongSizeMasks ?? 0 }
}

/** Fill `format_masks` with the masks of `subset_masks` that are not odd. */
export async function omitOddMasks(
  engine: NodeEngine,
  manifest: Pick<Manifest, 'files'>,
): Promise<Omitted> {
  await engine.run(`CREATE OR REPLACE TEMP TABLE odd_masks AS FROM ${oddMasksSql(manifest)}`)
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE format_masks AS
      FROM subset_masks ANTI JOIN odd_masks USING (${KEYS})`,
  )
  const [row] = await engine.rows<Omit<Omitted, 'first'>>(
    sql`SELECT count(*) FILTER (NOT is_wrong)::DOUBLE AS "emptyMasks",
        count(*) FILTER (is_wrong)::DOUBLE AS "wrongSizeMasks",
        (SELECT count(DISTINCT image_id) FROM odd_masks ANTI JOIN format_masks USING (image_id))::DOUBLE
          AS images
      FROM odd_masks`,
  )
  const name = { text: MASK_NAME_SQL, params: [] }
  const named = await engine.rows<{ name: string }>(
    sql`SELECT ${name} AS name
      FROM (FROM odd_masks ORDER BY is_wrong DESC, image_id, label_id, instance LIMIT ${MOST_NAMED}) o
        JOIN (SELECT image_id, dataset_id, submodality_id, axis_id, case_name, slice FROM images)
          USING (image_id)
        JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
        JOIN axes USING (axis_id) JOIN class_ids USING (dataset_id, label_id)
      ORDER BY is_wrong DESC, o.image_id, label_id, instance`,
  )
  const { emptyMasks = 0, wrongSizeMasks = 0, images = 0 } = row ?? {}
  return { emptyMasks, wrongSizeMasks, images, first: named.map(each => each.name) }
}
