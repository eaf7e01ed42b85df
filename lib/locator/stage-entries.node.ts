import type { Archive } from '../archive/archive'
import type { ArchiveEntry } from '../archive/entry'
import { ENTRY_PROBLEMS } from '../archive/entry-problems'
import { scanDirectory } from '../archive/scan-directory.node.ts'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'

/** What the directory of an archive held. */
export interface StagedEntries {
  /** Folder of the release within the archive, with its slash; empty for the top. */
  readonly prefix: string
  /** Entries that are pictures of a release by their place and ending. */
  readonly pictures: number
  /** Entries that must not be used, and words for the first of them. */
  readonly unusable: number
  readonly firstUnusable: string | null
}

export interface StageOptions {
  readonly signal?: AbortSignal
  /** @param total Of the directory, in bytes. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void
  /** Told of every entry that is not staged, folders not among them; and why it must not be used, if so. */
  readonly onOther?: (entry: ArchiveEntry, problem: string | null) => void
}

/** Not what macOS puts into archives beside each file, under its path in a folder of its own. */
const PICTURE = /^(?!__MACOSX\/)(.*\/)?((?:images|masks)\/[^/]+\.png)$/s

/** Larger files are no pictures of a release, and columns have no room for their size. */
const MAX_BYTES = 2 ** 32 - 1

/**
 * Stream the directory of an archive into a table `entries` of the engine: name within the release,
 * and where it lies.
 */
export async function stageEntries(
  engine: NodeEngine,
  archive: Archive,
  { signal, onProgress, onOther }: StageOptions = {},
): Promise<StagedEntries> {
  await engine.run(
    `CREATE TABLE entries (name VARCHAR NOT NULL, part USMALLINT NOT NULL, "offset" UBIGINT NOT NULL,
      compressed_bytes UINTEGER NOT NULL, bytes UINTEGER NOT NULL, method UTINYINT NOT NULL,
      crc32 UINTEGER NOT NULL)`,
  )
  const writer = await TableWriter.open(engine.connection, 'entries', [
    ...(['VARCHAR', 'USMALLINT', 'UBIGINT', 'UINTEGER', 'UINTEGER'] as const),
    ...(['UTINYINT', 'UINTEGER'] as const),
  ])
  let prefix: string | undefined
  let unusable = 0
  let firstUnusable: string | null = null
  try {
    for await (const { entries, bytesDone } of scanDirectory(archive, signal ? { signal } : {})) {
      for (const entry of entries) {
        const [, folder = '', name] = PICTURE.exec(entry.name) ?? []
        const problem = name === undefined && !onOther ? null : problemOf(entry)
        if (problem !== null && name !== undefined) {
          unusable++
          firstUnusable ??= `${entry.name}: ${problem}`
        }
        // One archive holds one release.
        if (name !== undefined && problem === null) prefix ??= folder
        if (name === undefined || problem !== null || folder !== prefix) {
          if (!entry.isFolder) onOther?.(entry, problem)
          continue
        }
        const { part, offset, compressedBytes, bytes, method, crc32 } = entry
        writer.append(name, part, BigInt(offset), compressedBytes, bytes, method, crc32)
      }
      onProgress?.(bytesDone, archive.directoryBytes)
    }
  } finally {
    writer.close()
  }
  return { prefix: prefix ?? '', pictures: writer.rows, unusable, firstUnusable }
}

function problemOf({ problem, bytes, compressedBytes }: ArchiveEntry): string | null {
  if (problem !== null) return ENTRY_PROBLEMS[problem]
  return Math.max(bytes, compressedBytes) > MAX_BYTES ? `has ${bytes} bytes` : null
}
