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
  /** Rows to look at, chosen by a seed; null for all. */
  readonly sample: Sample | null
  readonly signal?: AbortSignal
  /** How patient reads over HTTP are. */
  readonly http?: HttpOptions
  /** Told how many entries were read, and of how many. */
  readonly onEntries?: (done: number, total: number) => void
}

/** Larger files are no pictures of a release. */
const MAX_BYTES = 64 << 20

/**
 * Compare a manifest's locator with its archive: the archive must be the one that the manifest names,
 * and the entry of each row that is looked at must have the row's name in its local header, and its
 * size and CRC-32 once unpacked.
 *
 * @param engine Has the manifest's tables.
 * @param location Path or http(s) URL of the `.zip`.
 * @throws UserError if the manifest has no locator; what the parts throw.
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
    // A network that fails says nothing about the archive.
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
