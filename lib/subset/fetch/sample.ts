/** What is known of a sample: a line of the export format `jsonl`. */
export interface SampleFacts {
  readonly path: string
  readonly split: string | null
  readonly masks: readonly { readonly path: string }[]
}

/** Name of an image without folder and extension, which its masks' names begin with. */
export const stemOf = (path: string): string =>
  path
    .slice(path.indexOf('/') + 1, -'.png'.length)
    .replace(path.startsWith('masks/') ? /--\d{4}_\d+$/ : /$^/, '')

/** `stemOf` in SQL, of a column `path`. */
export const STEM_SQL = `CASE WHEN starts_with(path, 'masks/')
  THEN regexp_replace(path[7:-5], '--[0-9]{4}_[0-9]+$', '') ELSE path[8:-5] END`

/**
 * Key of a sample: its name up to the first dot is what WebDataset keeps together, so the dots of a stem
 * are written as in URLs.
 */
export const keyOf = (stem: string): string =>
  stem.replace(/[%.]/g, char => (char === '.' ? '%2E' : '%25'))

/** What comes after the key in a picture's name: `png` for the image, `0003_000.png` for a mask. */
export const fieldOf = (path: string): string =>
  path.startsWith('masks/') ? `${/\d{4}_\d+\.png$/.exec(path)?.[0] ?? 'mask.png'}` : 'png'

/**
 * The JSON of a sample: what is known of the pictures that are in it, each mask with its field.
 *
 * @param paths Of its pictures.
 * @param facts Null where nothing is known but the names.
 */
export function sampleJson(paths: readonly string[], facts: SampleFacts | null): string {
  const there = new Set(paths)
  const image = paths.find(path => path.startsWith('images/')) ?? null
  const masks = facts
    ? facts.masks.filter(({ path }) => there.has(path))
    : paths.filter(path => path.startsWith('masks/')).map(path => ({ path }))
  const { path: _, masks: __, ...rest } = facts ?? { path: null, masks: null }
  return `${JSON.stringify({
    image,
    ...rest,
    masks: masks.map(mask => ({ field: fieldOf(mask.path), ...mask })),
  })}\n`
}
