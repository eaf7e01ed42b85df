import { count } from '../cube/count'
import { readCube } from '../cube/read-cube.node.ts'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { EMPTY_FILTER } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import type { Summary } from '../manifest/manifest'
import { readDimensions } from '../queries/dimensions'
import { countCases } from '../queries/totals'
import { type Sql, sql } from '../sql'

/** Compute the unfiltered counts, which the server renders before a query engine has started. */
export async function summarize(engine: NodeEngine): Promise<Summary> {
  const dimensions = await readDimensions(engine)
  const { totals, facets, areas, sizes } = count(
    { cube: await readCube(engine), rows: null, dimensions },
    EMPTY_FILTER,
  )
  const one = async (query: Sql) => (await engine.rows<{ n: number }>(query))[0]?.n ?? 0
  const [masks] = await engine.rows<{ n: number; sized: number; bytes: number | null }>(
    sql`SELECT count(*)::DOUBLE AS n, count(bytes)::DOUBLE AS sized, sum(bytes)::DOUBLE AS bytes FROM masks`,
  )
  const hasMaskBytes = masks !== undefined && masks.bytes !== null && masks.sized === masks.n
  return {
    totals: {
      ...totals,
      labels: await one(sql`SELECT count(DISTINCT label)::DOUBLE AS n
        FROM labels WHERE label_id IN (SELECT label_id FROM cube_labels)`),
      organs: await one(sql`SELECT count(DISTINCT organ)::DOUBLE AS n
        FROM labels WHERE label_id IN (SELECT label_id FROM cube_labels)`),
      ...(await countCases(engine, resolveFilter(EMPTY_FILTER, dimensions))),
      ...(hasMaskBytes && { maskBytes: masks.bytes ?? 0 }),
    },
    facets,
    areas,
    sizes,
  }
}
