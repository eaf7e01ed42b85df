import { type Archive, fileName } from '../archive/archive'
import type { HttpOptions } from '../archive/http-request'
import { openArchive } from '../archive/open-archive.node.ts'
import { isUrl } from '../archive/part-names'
import { namesArchive } from '../archive/piece-names'
import { countOf, formatBytes, formatCount } from '../format'
import { archiveSource, sampleEnds } from './archive-release.node.ts'
import { INDEX_FILE, openRelease } from './release-source.node.ts'

/** What an ingest would read and write. */
export interface IngestPlan {
  readonly source: string
  readonly out: string
  /** Whether the source is read over a network. */
  readonly isRemote: boolean
  /**
   * Bytes of the index that are read, packed in an archive; null if the archive has no index, or if only reading the
   * complete directory tells.
   */
  readonly indexBytes: number | null
  /** Null for a folder or an index. */
  readonly archive: {
    readonly parts: readonly { readonly name: string; readonly bytes: number }[]
    readonly bytes: number
    readonly entries: number
    readonly directoryBytes: number
  } | null
  /**
   * Estimated bytes of the temporary folders beside `out`: staged rows, and what is read over HTTP until all is done.
   */
  readonly temporaryBytes: number | null
}

/**
 * Bytes of uncompressed names and places, and of sorting them. DuckDB compresses them: 20 million entries with the
 * names of tests/bench took 57 bytes each, but names of a release are less similar.
 */
const TEMPORARY_BYTES_PER_ENTRY = 260
/** Bytes of the databases without entries. */
const TEMPORARY_BYTES = 20e6

/**
 * Plan an ingest without reading the content of the source.
 *
 * @throws UserError as `ingestRelease` for a source that does not exist or is incomplete.
 */
export async function planIngest(
  source: string,
  out: string,
  signal?: AbortSignal,
  http?: HttpOptions,
): Promise<IngestPlan> {
  if (!namesArchive(source)) {
    const { index } = await openRelease(source)
    const { bytes: indexBytes } = index
    return { source, out, isRemote: false, indexBytes, archive: null, temporaryBytes: null }
  }
  const archive = await openArchive(source, { ...(signal && { signal }), ...(http && { http }) })
  try {
    return await planArchive(archive, out, signal)
  } finally {
    await archive.close()
  }
}

/** Plan an ingest from an open archive. */
export async function planArchive(
  archive: Archive,
  out: string,
  signal?: AbortSignal,
): Promise<IngestPlan> {
  const parts = archive.parts.sources.map(({ name, size }) => ({
    name: fileName(name),
    bytes: size,
  }))
  const { entries, directoryBytes } = archive
  const isRemote = isUrl(archive.location)
  const indexBytes = await findIndex(archive, signal)
  const keptBytes = isRemote ? directoryBytes + (indexBytes ?? 0) : 0
  return {
    source: archiveSource(archive).where,
    out,
    isRemote,
    indexBytes,
    archive: { parts, bytes: archive.parts.size, entries, directoryBytes },
    temporaryBytes: TEMPORARY_BYTES + entries * TEMPORARY_BYTES_PER_ENTRY + keptBytes,
  }
}

/**
 * Packed bytes of the index if it is at the start or the end of the directory, as `zip -r` mostly puts it; else
 * null.
 */
async function findIndex(archive: Archive, signal?: AbortSignal): Promise<number | null> {
  const seen = await sampleEnds(archive, signal)
  return seen.find(({ name }) => fileName(name) === INDEX_FILE)?.compressedBytes ?? null
}

/** The plan for people, one fact per line. */
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
