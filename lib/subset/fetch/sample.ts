import type { SubsetImage } from '../rows.node.ts'

/** What is known of a sample, as its JSON says it; a list of names alone knows but the names. */
export interface SampleFacts {
  readonly image?: string
  readonly masks: readonly { readonly path: string }[]
}

/** Name of an image without folder and ending, which its masks' names begin with. */
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

/** What a row of a subset says of its sample. */
export const factsOf = (image: SubsetImage): SampleFacts & Record<string, unknown> => {
  const { path, caseName, masks, imageId: _, ...rest } = image
  return {
    image: path,
    case: caseName,
    ...rest,
    masks: masks.map(({ path, isLesion, isUnion, classId, ...mask }) => ({
      ...{ field: fieldOf(path), path, ...mask },
      ...{ is_lesion: isLesion, is_union: isUnion, class_id: classId },
    })),
  }
}

/**
 * The JSON of a sample: what is known of the pictures that are in it.
 *
 * @param paths Of its pictures.
 * @param facts Null where nothing is known but the names.
 */
export function sampleJson(paths: readonly string[], facts: SampleFacts | null): string {
  const there = new Set(paths)
  const image = paths.find(path => path.startsWith('images/')) ?? null
  const masks = facts
    ? facts.masks.filter(({ path }) => there.has(path))
    : paths.filter(path => path.startsWith('masks/')).map(path => ({ field: fieldOf(path), path }))
  return `${JSON.stringify({ ...facts, image, masks })}\n`
}
