import type { Engine } from '../engine/engine'
import type { DatasetRow, Dimensions, LabelRow, SubmodalityRow } from '../filter/dimensions'
import { sql } from '../sql'

/** The small tables that name ids: read once per manifest. */
export async function readDimensions(engine: Engine): Promise<Dimensions> {
  const [datasets, submodalities, labels] = await Promise.all([
    engine.rows<DatasetRow>(
      sql`SELECT dataset_id, dataset, structures, is_released FROM datasets ORDER BY dataset_id`,
    ),
    engine.rows<SubmodalityRow>(
      sql`SELECT submodality_id, submodality, modality FROM submodalities ORDER BY submodality_id`,
    ),
    engine.rows<LabelRow>(
      sql`SELECT label_id, label, organ, region, is_lesion, is_union, side FROM labels ORDER BY label_id`,
    ),
  ])
  return { datasets, submodalities, labels }
}
