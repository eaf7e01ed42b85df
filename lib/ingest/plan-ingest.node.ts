import { type Archive, fileName } from '../archive/archive'
import { openArchive } from '../archive/open-archive.node.ts'
import { isUrl } from '../archive/part-names'
import { countOf, formatBytes, formatCount } from '../format'
import { archiveSource, namesArchive, sampleEnds } from './archive-release.node.ts'
import { INDEX_FILE, openRelease } from './release-source.node.ts'

/** What an ingest would read, and where it would write. */
export interface IngestPlan {
  readonly source: string
  readonly out: string
  /** Whether the reading goes over a network. */
  readonly isRemote: boolean
  /**
   * Bytes to read of the index, packed ones in an archive; null if the archive has none, or only a
   * whole look through its directory tells.
   */
  readonly indexBytes: number | null
  /** Null for a folder or an index. */
  readonly archive: {
    readonly parts: readonly { readonly name: string; readonly bytes: number }[]
    readonly bytes: number
    readonly entries: number
    readonly directoryBytes: number
  } | null
  /** Bytes that the temporary folder beside `out` may need, estimated from what a row takes. */
  readonly temporaryBytes: number | null
}

/**
 * Names and places as they are, and the sorting of them. DuckDB compresses them: 20 million entries with
 * the names of tests/bench took 57 bytes each, but those are more alike than a release's.
 */
const TEMPORARY_BYTES_PER_ENTRY = 260
/** What the databases take without any entry. */
const TEMPORARY_BYTES = 20e6

/**
 * Look at a source without reading what it lists.
 *
 * @throws UserError as `ingestRelease` does for a source that is not there or not whole.
 */
export async function planIngest(
  source: string,
  out: string,
  signal?: AbortSignal,
): Promise<IngestPlan> {
  if (!namesArchive(source)) {
    const { index } = await openRelease(source)
    const { bytes: indexBytes } = index
    return { source, out, isRemote: false, indexBytes, archive: null, temporaryBytes: null }
  }
  const archive = await openArchive(source, signal ? { signal } : {})
  try {
    const parts = archive.parts.sources.map(({ name, size }) => ({
      name: fileName(name),
      bytes: size,
    }))
    const { entries, directoryBytes } = archive
    const indexBytes = await findIndex(archive, signal)
    return {
      source: archiveSource(archive).where,
      out,
      isRemote: isUrl(source),
      indexBytes,
      archive: { parts, bytes: archive.parts.size, entries, directoryBytes },
      temporaryBytes: TEMPORARY_BYTES + entries * TEMPORARY_BYTES_PER_ENTRY,
    }
  } finally {
    await archive.close()
  }
}

/** Packed bytes of the index, if the directory begins or ends with it, as those of `zip -r` mostly do. */
async function findIndex(archive: Archive, signal?: AbortSignal): Promise<number | null> {
  const seen = await sampleEnds(archive, signal)
  return seen.find(({ name }) => fileName(name) === INDEX_FILE)?.compressedBytes ?? null
}

/** The plan in words, a line each. */
export function planText({
  source,
  out,
  isRemote,
  indexBytes,
  archive,
  temporaryBytes,
}: IngestPlan) {
  const index =
    indexBytes === null
      ? 'the index, whose size is in the directory,'
      : `the index, ${formatBytes(indexBytes)} (${formatCount(indexBytes)} bytes),`
  const lines = archive
    ? [
        `${source}: ${countOf(archive.parts.length, 'part')}, ${formatBytes(archive.bytes)}, ${countOf(archive.entries, 'entry').replace(/entrys$/, 'entries')}`,
        `to ${isRemote ? 'fetch' : 'read'}: the directory, ${formatBytes(archive.directoryBytes)} (${formatCount(archive.directoryBytes)} bytes), then ${index} and the class map; no pictures`,
      ]
    : [`${source}: an index of ${formatBytes(indexBytes ?? 0)}`]
  lines.push(
    `manifest: ${out}${temporaryBytes === null ? '' : `; up to about ${formatBytes(temporaryBytes)} of temporary files next to it`}`,
  )
  return `${lines.join('\n')}\n`
}
