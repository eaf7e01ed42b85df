import type { HttpOptions } from '../archive/http-request'
import { isOfNetwork } from '../archive/network-error'
import { openArchive } from '../archive/open-archive.node.ts'
import { readEach } from '../archive/read-each.node.ts'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { type LocatedRow, locatorBatches, type Sample } from './locator-batches.node.ts'
import { Offenders } from './offenders'
import type { Finding } from './verify-manifest.node.ts'

export interface ArchiveCheckOptions {
  /** Random sample of rows to check; null for all rows. */
  readonly sample: Sample | null
  readonly signal?: AbortSignal
  /** Timeouts and retries for reads over HTTP. */
  readonly http?: HttpOptions
  /** Called after each entry with the number of entries read so far, and in total. */
  readonly onEntries?: (done: number, total: number) => void
}

/** Maximum size of an entry. No picture of the release is larger. */
const MAX_BYTES = 64 << 20

/**
 * Compare a manifest's locator with an archive. The archive must be the archive that the manifest was built from. For
 * each checked row, the local header of the entry must have the row's file name, and the unpacked entry must have the
 * row's size and CRC-32.
 *
 * @param engine Engine with the manifest's tables.
 * @param location Path or http(s) URL of the `.zip`.
 * @throws UserError if the manifest has no locator; errors of the archive's parts.
 */
export async function checkArchive(
  engine: NodeEngine,
  manifest: Manifest,
  location: string,
  { sample, signal, http, onEntries = () => {} }: ArchiveCheckOptions,
): Promise<Finding[]> {
  const { archive: facts } = manifest
  if (!facts || !manifest.files.locator)
    throw new UserError(
      `${location}: the manifest has no locator to compare with the archive; ingest the archive, or serve the manifest once with --images ${location}`,
      2,
    )
  const same = 'the archive is the one that the manifest was built from'
  const abort = signal ? { signal } : {}
  const patience = http ? { http } : {}
  let archive: Awaited<ReturnType<typeof openArchive>>
  try {
    archive = await openArchive(location, { facts, ...abort, ...patience })
  } catch (error) {
    signal?.throwIfAborted()
    // A network failure is not a finding, because the archive itself may be correct.
    if (!(error instanceof UserError) || isOfNetwork(error)) throw error
    return [{ rule: same, problem: error.message }]
  }
  const all = rowsOf(manifest, 'locator')
  const total = sample ? Math.min(sample.rows, all) : all
  const broken = new Offenders()
  let done = 0
  try {
    for await (const batch of locatorBatches(engine, facts.prefix, sample)) {
      const options = { maxBytes: MAX_BYTES, ...abort }
      for await (const { entry, error } of readEach(archive, batch, options)) {
        if (error) broken.add(`${(entry as LocatedRow).row}: ${error.message}`)
        onEntries(++done, total)
      }
    }
  } finally {
    await archive.close()
  }
  return [
    { rule: same, problem: null },
    {
      rule: `${scope(total, all, sample)} in the archive as listed in the locator`,
      problem: broken.problem(),
    },
  ]
}

const scope = (total: number, all: number, sample: Sample | null): string =>
  sample && total < all
    ? `${formatCount(total)} of ${formatCount(all)} entries, chosen by seed ${sample.seed}, are`
    : `all ${formatCount(all)} entries are`
