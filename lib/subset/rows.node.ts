import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Dimensions } from '../filter/dimensions'
import { AXES, type Axis } from '../manifest/tables'
import { imageName, imageStem, maskName } from '../release/names'
import { sql } from '../sql'

/** One mask of a subset. */
export interface SubsetMask {
  /** Path within the release. */
  readonly path: string
  readonly label: string
  readonly organ: string | null
  readonly region: string | null
  readonly isLesion: boolean
  readonly isUnion: boolean
  readonly classId: string
  readonly instance: number
  /** px; null until measured. */
  readonly area: number | null
  /** x0, y0, x1, y1 in px, half-open; null until measured, or for an empty mask. */
  readonly box: readonly [number, number, number, number] | null
}

/** One image of a subset with its selected masks. */
export interface SubsetImage {
  readonly imageId: number
  /** Path within the release. */
  readonly path: string
  readonly modality: string
  readonly submodality: string
  readonly dataset: string
  readonly caseName: string
  readonly axis: Axis
  readonly slice: number | null
  /** px; null until measured. */
  readonly width: number | null
  readonly height: number | null
  /** null without splits. */
  readonly split: string | null
  readonly masks: readonly SubsetMask[]
}

type Cell = number | string | null

/**
 * The images of `subset_images` in the manifest's order, each with its masks; constant memory but for
 * the names of cases.
 *
 * @param hasSplits Whether `subset_splits` is filled.
 * @param withAreas Whether areas and boxes are wanted: reading them takes longer than all else; they are
 *   null without.
 */
export async function* subsetRows(
  engine: NodeEngine,
  dimensions: Dimensions,
  hasSplits: boolean,
  withAreas: boolean,
): AsyncGenerator<SubsetImage> {
  const caseNames = await namesOfCases(engine)
  const classIds = await classIdsOf(engine)
  const measures = withAreas
    ? {
        columns: 'm.area, b.x0, b.y0, b.x1, b.y1',
        masks: `(SELECT sm.image_id, sm.label_id, sm.instance, area FROM subset_masks sm
          JOIN masks USING (image_id, label_id, instance))`,
        boxes: `LEFT JOIN mask_boxes b ON b.image_id = m.image_id AND b.label_id = m.label_id
          AND b.instance = m.instance`,
      }
    : { columns: 'NULL, NULL, NULL, NULL, NULL', masks: 'subset_masks', boxes: '' }
  const result = await engine.connection.stream(`
    SELECT i.image_id, i.dataset_id, i.submodality_id, i.case_id, i.axis_id, i.slice, i.width, i.height,
      ${hasSplits ? 's.split' : 'NULL'}, m.label_id, m.instance, ${measures.columns}
    FROM subset_images JOIN images i USING (image_id)
      ${hasSplits ? 'JOIN subset_splits s USING (image_id)' : ''}
      LEFT JOIN ${measures.masks} m USING (image_id) ${measures.boxes}
    ORDER BY i.image_id, m.label_id, m.instance`)
  let image: (Omit<SubsetImage, 'masks'> & { masks: SubsetMask[] }) | null = null
  let stem = ''
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    const columns = chunk.getColumns() as Cell[][]
    for (let at = 0; at < chunk.rowCount; at++) {
      const row = columns.map(column => column[at] as Cell)
      const [id, datasetId, submodalityId, caseId, axisId, slice, width, height, split] = row
      if (image === null || image.imageId !== id) {
        if (image) yield image
        const { submodality, modality } = dimensions.submodalities[submodalityId as number] as {
          submodality: string
          modality: string
        }
        const name = {
          submodality,
          dataset: dimensions.datasets[datasetId as number]?.dataset as string,
          caseName: caseNames[caseId as number] as string,
          axis: AXES[axisId as number] as Axis,
          slice: slice as number | null,
        }
        stem = imageStem(name)
        image = {
          ...{ imageId: id as number, path: imageName(name), modality, ...name },
          ...{ width: width as number | null, height: height as number | null },
          ...{ split: split as string | null, masks: [] },
        }
      }
      const labelId = row[9] as number | null
      if (labelId === null) continue
      const label = dimensions.labels[labelId]
      const classId = classIds.get((datasetId as number) * 65_536 + labelId)
      if (!label || !classId) throw new Error(`image ${id}: a mask of label ${labelId} has no name`)
      const instance = row[10] as number
      const [x0, y0, x1, y1] = row.slice(12) as number[]
      image.masks.push({
        path: maskName({ imageStem: stem, classId, instance }),
        ...{ label: label.label, organ: label.organ, region: label.region },
        ...{ isLesion: label.is_lesion, isUnion: label.is_union, classId, instance },
        area: row[11] as number | null,
        box: x0 === null || x0 === undefined ? null : ([x0, y0, x1, y1] as SubsetMask['box']),
      })
    }
  }
  if (image) yield image
}

async function namesOfCases(engine: NodeEngine): Promise<string[]> {
  const rows = await engine.rows<{ case_name: string }>(
    sql`SELECT case_name FROM cases ORDER BY case_id`,
  )
  return rows.map(row => row.case_name)
}

async function classIdsOf(engine: NodeEngine): Promise<ReadonlyMap<number, string>> {
  const rows = await engine.rows<{ dataset_id: number; label_id: number; class_id: string }>(
    sql`SELECT dataset_id, label_id, class_id FROM class_ids`,
  )
  return new Map(rows.map(row => [row.dataset_id * 65_536 + row.label_id, row.class_id]))
}
