/** Facts about a sample: a line of the export format `jsonl`. */
export interface SampleFacts {
  readonly path: string
  readonly split: string | null
  readonly masks: readonly { readonly path: string }[]
}

/** Image name without folder and extension. The names of the image's masks begin with it. */
export const stemOf = (path: string): string =>
  path
    .slice(path.indexOf('/') + 1, -'.png'.length)
    .replace(path.startsWith('masks/') ? /--\d{4}_\d+$/ : /$^/, '')

/** `stemOf` as SQL, for a column `path`. */
export const STEM_SQL = `CASE WHEN starts_with(path, 'masks/')
  THEN regexp_replace(path[7:-5], '--[0-9]{4}_[0-9]+$', '') ELSE path[8:-5] END`

/**
 * Key of a sample. WebDataset groups files by their name up to the first dot, so dots in a stem are percent-encoded.
 */
export const keyOf = (stem: string): string =>
  stem.replace(/[%.]/g, char => (char === '.' ? '%2E' : '%25'))

/** The part of a picture's name after the key: `png` for an image, `0003_000.png` for a mask. */
export const fieldOf = (path: string): string =>
  path.startsWith('masks/') ? `${/\d{4}_\d+\.png$/.exec(path)?.[0] ?? 'mask.png'}` : 'png'

/**
 * The JSON of a sample: facts about its pictures. Each mask has the name of its field.
 *
 * @param paths Paths of the sample's pictures.
 * @param facts Null if only names are known.
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

/** Facts about a sample that composing needs. */
export interface CaseFacts {
  /** Name of the image without folder and extension. */
  readonly stem: string
  readonly key: string
  readonly path: string
  readonly dataset: string
  readonly split: string | null
  /** From 1; null for an image in no fold. */
  readonly fold: number | null
  readonly masks: readonly {
    readonly path: string
    readonly label: string
    readonly classId: string
    readonly isUnion: boolean
  }[]
}

/** Read the facts from the JSON that `sampleJson` made from a line of `jsonl`. */
export function factsOf(json: string, key: string): CaseFacts {
  const { image, dataset, split, fold, masks } = JSON.parse(json)
  return { stem: stemOf(image), key, path: image, dataset, split, fold: fold ?? null, masks }
}
