import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { createTableSql, type TableName } from '../manifest/tables'
import { sql } from '../sql'
import { imageSlices } from '../store/image-slices'
import { retriedSql } from './retried.node.ts'

const KEYS = 'image_id, label_id, instance'

/** Join condition for the same picture. NULLs must be equal, because an image has no label and no instance. */
const SAME = `a.image_id = b.image_id AND a.label_id IS NOT DISTINCT FROM b.label_id
  AND a.instance IS NOT DISTINCT FROM b.instance`

/**
 * Fill the staging tables with the rows of a measured manifest. Pictures that were tried again get the values of the
 * table `parts`.
 *
 * @param options.table Returns the FROM expression of a table of the manifest.
 * @param options.parts Folder of the part files, for the error message.
 * @throws UserError if the table `parts` does not have exactly the pictures of `retriedSql`.
 */
export async function stageRetried(
  engine: NodeEngine,
  {
    table,
    parts,
    sizeOnly,
  }: {
    readonly table: (name: TableName) => string
    readonly parts: string
    readonly sizeOnly: boolean
  },
): Promise<void> {
  for (const name of ['quality', 'masks'] as const)
    await engine.run(`CREATE TEMP VIEW ${name} AS FROM ${table(name)}`)
  await engine.run(`CREATE TABLE tried AS FROM parts WHERE flag IS NULL`)
  const { text, params } = retriedSql(sizeOnly)
  const [found] = await engine.rows<{ others: number; n: number; tried: number }>({
    text: `WITH wanted AS (${text}) SELECT
      (SELECT count(*) FROM wanted a ANTI JOIN tried b ON ${SAME})::DOUBLE AS others,
      (SELECT count(*) FROM wanted)::DOUBLE AS n, (SELECT count(*) FROM tried)::DOUBLE AS tried`,
    params,
  })
  if (found?.others !== 0 || found.n !== found.tried)
    throw new UserError(
      `${parts}: must hold every row to measure once; remove this folder and measure again`,
    )
  await engine.run(
    `INSERT INTO stage_images
      SELECT i.image_id, dataset_id, submodality_id, case_id, axis_id, slice,
        CASE WHEN p.image_id IS NULL THEN i.width ELSE p.width END,
        CASE WHEN p.image_id IS NULL THEN i.height ELSE p.height END, coalesce(p.bytes, i.bytes)
      FROM ${table('images')} i
        LEFT JOIN (SELECT * FROM tried WHERE label_id IS NULL) p ON i.image_id = p.image_id
      ORDER BY i.image_id`,
  )
  const [images] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM stage_images`,
  )
  for (const { where } of imageSlices(images?.n ?? 0)) await stageMasks(engine, table, where)
  await engine.run('DROP VIEW quality; DROP VIEW masks')
  await engine.run(createTableSql('quality'))
  await engine.run(
    `INSERT INTO quality SELECT ${KEYS}, flag, detail FROM (
        SELECT ${KEYS}, flag, detail FROM parts WHERE flag IS NOT NULL
        UNION ALL
        SELECT ${KEYS}, flag, detail FROM ${table('quality')} a ANTI JOIN tried b ON ${SAME})
      ORDER BY image_id, label_id NULLS FIRST, instance, flag`,
  )
  await engine.run('DROP TABLE tried')
}

/** A mask that was tried again gets area and box from `parts`, even if these are NULL. */
const stageMasks = (engine: NodeEngine, table: (name: TableName) => string, where: string) => {
  const value = (column: string, of: string) =>
    `CASE WHEN p.image_id IS NULL THEN ${of}.${column} ELSE p.${column} END`
  const same = (one: string, other: string) =>
    KEYS.split(', ')
      .map(key => `${one}.${key} = ${other}.${key}`)
      .join(' AND ')
  return engine.run(
    `INSERT INTO stage_masks
      SELECT m.image_id, m.label_id, m.instance, ${value('area', 'm')}, ${value('x0', 'b')},
        ${value('y0', 'b')}, ${value('x1', 'b')}, ${value('y1', 'b')}, coalesce(p.bytes, m.bytes)
      FROM (SELECT ${KEYS}, area, bytes FROM ${table('masks')} WHERE ${where}) m
        LEFT JOIN (FROM ${table('mask_boxes')} WHERE ${where}) b ON ${same('m', 'b')}
        LEFT JOIN (FROM tried WHERE ${where} AND label_id IS NOT NULL) p ON ${same('m', 'p')}
      ORDER BY m.image_id, m.label_id, m.instance`,
  )
}
