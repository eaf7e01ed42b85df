import type { Dimensions } from '../filter/dimensions'
import { filesOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { IMAGE_NAME_SQL } from '../release/name-sql'
import { quoted, type Sql, type SqlValue, sql } from '../sql'
import { isVersioned, type Recipe, type RecipeStep } from './recipe'
import { selectionOf, stepImagesWhere } from './step-images'

/** Longer statements, such as those with thousands of ids, are not for reading. In characters. */
const MOST_SHOWN = 20_000

const READ = ['images', 'masks', 'label_sets', 'datasets', 'submodalities', 'axes'] as const

/**
 * One statement for DuckDB, run in the manifest's folder, that gives id and path of exactly the images of a
 * recipe. Ids in it are the manifest's own.
 *
 * @returns Null for what no filter says: samples, caps and splits; and where it would be very long.
 * @throws UserError as `selectionOf`.
 */
export function subsetSql(
  recipe: Recipe,
  dimensions: Dimensions,
  manifest: Pick<Manifest, 'id' | 'files'>,
): string | null {
  if (isVersioned(recipe)) return null
  const chosen = written(imagesWhere(recipe.steps, dimensions))
  const body = `SELECT image_id, ${IMAGE_NAME_SQL} AS image
FROM (FROM images WHERE ${chosen})
  JOIN datasets USING (dataset_id) JOIN submodalities USING (submodality_id) JOIN axes USING (axis_id)
ORDER BY image_id`
  const tables = READ.filter(table => new RegExp(`(FROM|JOIN) ${table}\\b`).test(body)).map(
    table => {
      const files = filesOf(manifest, table).map(({ file }) => quoted(file))
      return `${table} AS NOT MATERIALIZED (FROM read_parquet([${files.join(', ')}]))`
    },
  )
  const text = `-- DuckDB, in the folder of manifest ${manifest.id.slice(0, 16)}
WITH ${tables.join(',\n  ')}
${body};
`
  return text.length <= MOST_SHOWN ? text : null
}

/** Images of all steps, one after the other, over images. */
function imagesWhere(steps: readonly RecipeStep[], dimensions: Dimensions): Sql {
  const [first] = steps
  const begins = first?.op === 'add' || first?.op === 'pick'
  // What takes away needs something to take away from.
  let held: Sql | null = begins ? null : sql`TRUE`
  for (const step of steps) {
    // Steps of other versions that mean something else are no filter of today.
    const found = stepImagesWhere(step, selectionOf(step, dimensions, 2))
    if (held === null) held = found
    else if (step.op === 'add' || step.op === 'pick') held = sql`(${held}\n    OR ${found})`
    else if (step.op === 'intersect') held = sql`(${held}\n    AND ${found})`
    // What is not known of an image does not take it away.
    else held = sql`(${held}\n    AND NOT coalesce(${found}, FALSE))`
  }
  return held ?? sql`FALSE`
}

/** A statement with its values in it. */
function written({ text, params }: Sql): string {
  const [start = '', ...pieces] = text.split('?')
  return start + pieces.map((piece, i) => literalOf(params[i] as SqlValue) + piece).join('')
}

function literalOf(value: SqlValue): string {
  if (typeof value === 'string') return quoted(value)
  // With an exponent it is a DOUBLE from the start; as a decimal it would be rounded twice.
  if (typeof value === 'number' && !Number.isInteger(value))
    return /e/.test(`${value}`) ? `${value}` : `${value}e0`
  return String(value).toUpperCase()
}
