import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { AREA_SHARE_BINS } from '../manifest/bins'
import type { SizeCount } from '../manifest/manifest'
import { sql } from '../sql'
import { maskRows, selectedImagesWhere, selectedMasksWhere } from './where'

/**
 * Selected masks by bin of the share of their image that they cover; masks that are not measured are in no bin.
 */
export async function areaCounts(
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<number[]> {
  const rows = await engine.rows<{ bin: number; masks: number }>(
    sql`SELECT area_bin::INTEGER AS bin, count(*)::DOUBLE AS masks FROM ${maskRows(selection)}
      WHERE area_bin IS NOT NULL AND ${selectedMasksWhere(selection)} GROUP BY area_bin`,
    signal,
  )
  const masks = AREA_SHARE_BINS.edges.map(() => 0)
  for (const row of rows) masks[row.bin] = row.masks
  return masks
}

/** Selected images by bins of width and height, in the order of the bins. */
export const sizeCounts = (
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<SizeCount[]> =>
  engine.rows(
    sql`SELECT width_bin::INTEGER AS "widthBin", height_bin::INTEGER AS "heightBin",
        count(*)::DOUBLE AS images
      FROM images WHERE width_bin IS NOT NULL AND height_bin IS NOT NULL
        AND ${selectedImagesWhere(selection)} GROUP BY ALL ORDER BY ALL`,
    signal,
  )
