import { z } from 'zod'
import { UserError } from '../errors'
import { SAFE_FILE } from './file-names'
import { TABLE_NAMES } from './tables'

/** Version of the manifest's format; readers refuse any other. */
export const FORMAT_VERSION = 4

export const MANIFEST_FILE = 'manifest.json'

const count = z.number().int().nonnegative()

export const fileSchema = z.strictObject({
  /** Name inside the manifest's folder. */
  file: z.string().regex(SAFE_FILE),
  rows: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Modality and dataset of all its rows, if the table is partitioned. */
  partition: z.strictObject({ modality: z.string(), dataset: z.string() }).optional(),
})

const facetCountSchema = z.strictObject({
  value: z.string(),
  images: count,
  masks: count,
})

const sizeCountSchema = z.strictObject({
  widthBin: count,
  heightBin: count,
  images: count,
})

export const summarySchema = z.strictObject({
  totals: z.strictObject({
    images: count,
    masks: count,
    datasets: count,
    /** Distinct label names that at least one mask carries. */
    labels: count,
    /** Distinct organs that at least one mask is assigned to. */
    organs: count,
    cases: count,
    patients: count,
    /** Sum of the known image sizes. */
    bytes: count,
    /** Images whose size is known; `bytes` is complete when it equals `images`. */
    sizedImages: count,
    /** Sum of the sizes of all masks; absent unless all are known. */
    maskBytes: count.optional(),
  }),
  facets: z.record(z.string(), z.array(facetCountSchema).readonly()),
  /** Masks by bin of the share of their image that they cover. */
  areas: z.array(count).readonly(),
  /** Images by bins of width and height. */
  sizes: z.array(sizeCountSchema).readonly(),
})

/** What identifies an archive, and where the release lies in it. */
const archiveSchema = z.strictObject({
  /** Folder of `images/` and `masks/` within the archive, with a slash at the end; empty for the top. */
  prefix: z.string(),
  parts: z.array(z.strictObject({ name: z.string(), bytes: count })),
  entries: count,
  directoryBytes: count,
})

const qualityCountSchema = z.strictObject({
  dataset: z.string(),
  of: z.enum(['image', 'mask']),
  flag: z.string(),
  n: count,
})

/** What `measure` did; the flags are in the table `quality`. */
const measuredSchema = z.strictObject({
  /** Sizes of images alone, from PNG headers; or also areas, boxes and flags, from all pixels. */
  what: z.enum(['sizes', 'pixels']),
  /** The image store. */
  source: z.string(),
  /** Number of rows of `quality` with a flag, by dataset and flag. */
  quality: z.array(qualityCountSchema).readonly(),
  /** Those of pictures that were not measured, counted by reason, which is their `flag`. Absent if there are none. */
  notMeasured: z.array(qualityCountSchema).readonly().optional(),
})

const overlapSchema = z.strictObject({
  /** Names of datasets, a before b. The same name twice stands for duplicates within one dataset. */
  a: z.string(),
  b: z.string(),
  /** Groups of equal images with images in both datasets, or with several images of the one dataset. */
  groups: count,
  /** Images of a and of b in these groups. */
  imagesA: count,
  imagesB: count,
})

/** Images of equal size and CRC-32, as the archive's directory lists them. */
const duplicatesSchema = z.strictObject({
  groups: count,
  /** Images in any group. */
  images: count,
  overlaps: z.array(overlapSchema).readonly(),
})

/**
 * What a split does that draws each image for the test with a chance of 1 in 5, as the authors of the
 * release did: expected numbers, rounded.
 */
const imageSplitSchema = z.strictObject({
  /** Patients with images; a case whose patient is unknown counts as one. */
  patients: count,
  /** Of them those that are unknown. */
  unknownPatients: count,
  /** Patients with images in both parts. */
  splitPatients: count,
  testImages: count,
  /** Test images of whose patient other images are in train. */
  leakedImages: count,
})

export const manifestSchema = z.strictObject({
  format: z.literal('samed2d-manifest'),
  version: z.literal(FORMAT_VERSION),
  /** Hash over the names and hashes of all files: identifies the content. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  simulated: z.boolean(),
  source: z.string(),
  created: z.string(),
  createdBy: z.string(),
  rejects: z.record(z.string(), count),
  /** Files of each table; their rows one after the other are the table. */
  files: z.record(z.string(), z.array(fileSchema).min(1).readonly()),
  summary: summarySchema,
  /** Absent in manifests of programs that did not count it. */
  imageSplit: imageSplitSchema.optional(),
  /** The archive that the locator describes. */
  archive: archiveSchema.optional(),
  /** Absent until measured. */
  measured: measuredSchema.optional(),
  /** Absent where no archive's directory was read. */
  duplicates: duplicatesSchema.optional(),
})

export type Manifest = z.infer<typeof manifestSchema>
export type Summary = z.infer<typeof summarySchema>
export type FacetCount = z.infer<typeof facetCountSchema>
export type SizeCount = z.infer<typeof sizeCountSchema>
export type Measured = z.infer<typeof measuredSchema>
export type QualityCount = z.infer<typeof qualityCountSchema>
export type Duplicates = z.infer<typeof duplicatesSchema>
export type ImageSplit = z.infer<typeof imageSplitSchema>
export type Overlap = z.infer<typeof overlapSchema>
export type ManifestFile = z.infer<typeof fileSchema>

/** Message for a manifest of a format that this program does not know yet. */
export const newerText = (version: unknown, where: string): string =>
  `${where}: manifest format ${version}, but this program reads format ${FORMAT_VERSION}; it was written by a newer version: update samed2d`

const isOlder = (version: unknown): boolean =>
  typeof version === 'number' && version >= 1 && version < FORMAT_VERSION

/**
 * Text of a manifest.json → checked manifest. The checksum is not compared; `assertChecksum` does that.
 *
 * @param where Path or URL for the message.
 * @param upgrade How to upgrade it, for the message.
 * @throws UserError that says what is wrong with the file and what to do.
 */
export function parseManifest(
  text: string,
  where: string,
  upgrade = 'the command upgrade on its folder',
): Manifest {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new UserError(
      `${where}: not valid JSON (cut off while being written?); write the manifest again`,
      1,
      { cause },
    )
  }
  const version = (json as { version?: unknown } | null)?.version
  if ((json as { format?: unknown } | null)?.format !== 'samed2d-manifest')
    throw new UserError(`${where}: not a samed2d manifest; point at the folder that ingest wrote`)
  if (version !== FORMAT_VERSION)
    throw new UserError(
      isOlder(version)
        ? `${where}: manifest format ${version}, but this program reads format ${FORMAT_VERSION}; upgrade the manifest, which keeps all measurements: ${upgrade}`
        : newerText(version, where),
    )
  const { checksum: _, ...described } = json as { checksum?: unknown }
  const parsed = manifestSchema.safeParse(described)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UserError(
      `${where}: ${issue?.path.join('.') || 'manifest'}: ${issue?.message}; write the manifest again`,
    )
  }
  const missing = TABLE_NAMES.filter(name => !parsed.data.files[name])
  if (missing.length > 0)
    throw new UserError(
      `${where}: lists no file for ${missing.join(', ')}; write the manifest again`,
    )
  const names = Object.values(parsed.data.files).flatMap(files => files.map(each => each.file))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new UserError(`${where}: lists ${twice} twice; write the manifest again`)
  return parsed.data
}
