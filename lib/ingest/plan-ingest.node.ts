import { fileName } from '../archive/archive'
import { openArchive } from '../archive/open-archive.node.ts'
import { isUrl } from '../archive/part-names'
import { countOf, formatBytes, formatCount } from '../format'
import { archiveSource, namesArchive } from './archive-release.node.ts'
import { openRelease } from './release-source.node.ts'

/** What an ingest would read, and where it would write. */
export interface IngestPlan {
  readonly source: string
  readonly out: string
  /** Whether the reading goes over a network. */
  readonly isRemote: boolean
  /** Bytes of the index beside the class map; null where the archive's directory says it first. */
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

/** Measured at four million entries: names and places, compressed, and the sorting of them. */
const TEMPORARY_BYTES_PER_ENTRY = 260

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
    return {
      ...{ source: archiveSource(archive).where, out, isRemote: isUrl(source), indexBytes: null },
      archive: { parts, bytes: archive.parts.size, entries, directoryBytes },
      temporaryBytes: entries * TEMPORARY_BYTES_PER_ENTRY,
    }
  } finally {
    await archive.close()
  }
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
  const lines = archive
    ? [
        `${source}: ${countOf(archive.parts.length, 'part')}, ${formatBytes(archive.bytes)}, ${countOf(archive.entries, 'entry').replace(/entrys$/, 'entries')}`,
        `to ${isRemote ? 'fetch' : 'read'}: the directory, ${formatBytes(archive.directoryBytes)} (${formatCount(archive.directoryBytes)} bytes), then the index and the class map within; no picture`,
      ]
    : [`${source}: an index of ${formatBytes(indexBytes ?? 0)}`]
  lines.push(
    `manifest: ${out}${temporaryBytes === null ? '' : `; up to about ${formatBytes(temporaryBytes)} beside it while it is made`}`,
  )
  return `${lines.join('\n')}\n`
}
