import type { Dimensions } from '../filter/dimensions'
import { filesOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { IMAGE_NAME_SQL } from '../release/name-sql'
import { quoted, type Sql, type SqlValue, sql } from '../sql'
import { isVersioned, type Recipe, type RecipeStep } from './recipe'
import { selectionOf, stepImagesWhere } from './step-images'

/** In characters. Longer statements, such as those with thousands of ids, are unreadable. */
const MOST_SHOWN = 20_000

const READ = ['images', 'masks', 'label_sets', 'datasets', 'submodalities', 'axes'] as const

/**
 * A single DuckDB statement that gives id and path of exactly the images of a recipe. Run it in the manifest's folder,
 * because its ids are those of the manifest.
 *
 * @returns Null if SQL cannot express the recipe (samples, caps and splits), or if the statement would be very long.
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

/** The condition over images that results from all steps in order. */
function imagesWhere(steps: readonly RecipeStep[], dimensions: Dimensions): Sql {
  const [first] = steps
  const begins = first?.op === 'add' || first?.op === 'pick'
  // A first step that removes images starts from all images.
  let held: Sql | null = begins ? null : sql`TRUE`
  for (const step of steps) {
    // Recipes whose filters mean something else in version 1 never get here, so filters are read as in version 2.
    const found = stepImagesWhere(step, selectionOf(step, dimensions, 2))
    if (held === null) held = found
    else if (step.op === 'add' || step.op === 'pick') held = sql`(${held}\n    OR ${found})`
    else if (step.op === 'intersect') held = sql`(${held}\n    AND ${found})`
    // If a value is unknown (NULL), the image is kept.
    else held = sql`(${held}\n    AND NOT coalesce(${found}, FALSE))`
  }
  return held ?? sql`FALSE`
}

/** A statement with its parameters written as literals. */
function written({ text, params }: Sql): string {
  const [start = '', ...pieces] = text.split('?')
  return start + pieces.map((piece, i) => literalOf(params[i] as SqlValue) + piece).join('')
}

function literalOf(value: SqlValue): string {
  if (typeof value === 'string') return quoted(value)
  // With an exponent, the number is a DOUBLE at once. A decimal would be rounded twice.
  if (typeof value === 'number' && !Number.isInteger(value))
    return /e/.test(`${value}`) ? `${value}` : `${value}e0`
  return String(value).toUpperCase()
}
