import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FORMAT_VERSION, MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import { type OldManifest, parseOldManifest } from '../manifest/old-manifest'
import { createTableSql, type TableName } from '../manifest/tables'
import { assertChecksum } from './checksum.node.ts'
import { copyDimensions } from './copy-dimensions.node.ts'
import { diskError } from './disk-error'
import { imageSlices } from './image-slices'
import { assertIntact } from './intact-files.node.ts'
import { parquetSql } from './parquet-sql.node.ts'
import { isPartitioned } from './partitions.node.ts'
import { notReadable, readManifest } from './read-manifest.node.ts'
import { openStaging, type Staging } from './staging.node.ts'
import { writeManifest } from './write-manifest.node.ts'

const KEYS = 'image_id, label_id, instance'

export interface Upgrade {
  readonly manifest: Manifest
  /** Format version of the manifest before. */
  readonly from: number
  /** False if the manifest already had the newest format; nothing was written then. */
  readonly changed: boolean
}

/**
 * Convert a manifest to the newest format and keep all measured values. The folder does not change until the last step.
 *
 * @throws UserError if a file does not match the listed size or hash, or if the folder cannot be written.
 */
export async function upgradeManifest(
  folder: string,
  log: (line: string) => void = () => {},
): Promise<Upgrade> {
  const dir = resolve(folder)
  const where = join(dir, MANIFEST_FILE)
  const text = await readFile(where, 'utf8').catch(cause => {
    throw notReadable(where, cause)
  })
  const old = parseOldManifest(text, where)
  if (old === null) {
    const { manifest } = await readManifest(dir)
    return { manifest, from: FORMAT_VERSION, changed: false }
  }
  // Format versions 1 and 2 have no checksum.
  if (text.includes('"checksum"')) assertChecksum(text, where)
  for (const file of Object.values(old.files).flat()) await assertIntact(dir, file)
  try {
    const staging = await openStaging(dir)
    try {
      await stage(staging, dir, old)
      const { name, source, simulated, measured, archive } = old
      const manifest = await writeManifest(staging, {
        out: dir,
        name,
        source,
        simulated,
        ...(measured && { measured: { what: measured.what, source: measured.source } }),
        ...(archive && { archive }),
        partition: isPartitioned(old),
        log,
      })
      return { manifest, from: old.version, changed: true }
    } finally {
      await staging.dispose()
    }
  } catch (error) {
    throw diskError(error, dir)
  }
}

/** Fill the staging tables with the rows of an older manifest. */
async function stage({ engine }: Staging, dir: string, old: OldManifest): Promise<void> {
  const table = (name: TableName) => parquetSql({ dir, manifest: old }, name)
  await copyDimensions(engine, table)
  await engine.run(
    `INSERT INTO stage_images
      SELECT image_id, dataset_id, submodality_id, case_id, axis_id, slice, width, height, bytes
      FROM ${table('images')} ORDER BY image_id`,
  )
  const hasLocator = old.archive !== undefined && old.files.locator !== undefined
  for (const name of ['locator', 'quality', 'duplicates'] as const) {
    if (name === 'locator' ? !hasLocator : !old.files[name]) continue
    await engine.run(createTableSql(name))
    await engine.run(`INSERT INTO ${name} BY NAME FROM ${table(name)}`)
  }
  for (const { where } of imageSlices(old.summary.totals.images)) {
    const sizes = hasLocator
      ? `(SELECT ${KEYS}, bytes FROM locator WHERE ${where} AND label_id IS NOT NULL)`
      : `(SELECT ${KEYS}, NULL AS bytes FROM stage_masks LIMIT 0)`
    await engine.run(
      `INSERT INTO stage_masks
        SELECT ${KEYS}, area, x0, y0, x1, y1, bytes
        FROM (SELECT ${KEYS}, area FROM ${table('masks')} WHERE ${where})
          LEFT JOIN (FROM ${table('mask_boxes')} WHERE ${where}) USING (${KEYS})
          LEFT JOIN ${sizes} USING (${KEYS})
        ORDER BY ${KEYS}`,
    )
  }
}
