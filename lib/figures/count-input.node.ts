import { count } from '../cube/count'
import { planCount } from '../cube/planner'
import { readCube } from '../cube/read-cube.node.ts'
import type { Filter } from '../filter/filter'
import { countRows } from '../queries/count-rows'
import { readDimensions } from '../queries/dimensions'
import type { OpenManifest } from '../store/open-manifest.node.ts'
import type { FigureInput } from './figure'

/**
 * Count the input of all figures in an opened manifest.
 *
 * @param date `YYYY-MM-DD` for captions; by default the date of the manifest, so that two runs write the same files.
 */
export async function countInput(
  { engine, manifest }: OpenManifest,
  filter: Filter,
  date = manifest.created.slice(0, 10),
): Promise<FigureInput> {
  const dimensions = await readDimensions(engine)
  const counts =
    planCount(filter).path === 'cubes'
      ? count({ cube: await readCube(engine), rows: null, dimensions }, filter)
      : await countRows(engine, dimensions, filter)
  return { manifest, counts, dimensions, filter, date }
}
