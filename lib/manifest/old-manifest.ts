import { z } from 'zod'
import { UserError } from '../errors'
import { FORMAT_VERSION, fileSchema, manifestSchema, newerText } from './manifest'

/**
 * The parts of a manifest.json of an older format that an upgrade needs. Everything that follows from the rows is
 * computed again.
 */
const oldSchema = z.object({
  version: z
    .number()
    .int()
    .min(1)
    .max(FORMAT_VERSION - 1),
  name: z.string(),
  simulated: z.boolean(),
  source: z.string(),
  /** Before format 3 every table had one file. */
  files: z.record(
    z.string(),
    z.union([z.array(fileSchema).min(1), fileSchema.transform(file => [file])]),
  ),
  summary: z.object({ totals: z.object({ images: z.number().int().nonnegative() }) }),
  archive: manifestSchema.shape.archive,
  measured: manifestSchema.shape.measured,
})

/** A manifest of an older format. */
export type OldManifest = z.output<typeof oldSchema>

/**
 * Text of a manifest.json of an older format → what an upgrade needs of it.
 *
 * @param where Path for the message.
 * @returns null if it has the newest format.
 * @throws UserError if it is no manifest, or of a newer format.
 */
export function parseOldManifest(text: string, where: string): OldManifest | null {
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
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown }
  if (format !== 'samed2d-manifest')
    throw new UserError(`${where}: not a samed2d manifest; point at the folder that ingest wrote`)
  if (version === FORMAT_VERSION) return null
  if (typeof version === 'number' && version > FORMAT_VERSION)
    throw new UserError(newerText(version, where))
  const parsed = oldSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(
    `${where}: ${issue?.path.join('.') || 'manifest'}: ${issue?.message}; only formats 1 to ${FORMAT_VERSION - 1} can be upgraded`,
  )
}
