import type { Archive } from '../../lib/archive/archive'
import type { ArchiveEntry, NamedLocator } from '../../lib/archive/entry'
import { type ScanOptions, scanDirectory } from '../../lib/archive/scan-directory.node.ts'
import { streamEntry } from '../../lib/archive/stream-entry.node.ts'

/** All entries of a directory, for archives small enough. */
export async function entriesOf(archive: Archive, options?: ScanOptions): Promise<ArchiveEntry[]> {
  const all: ArchiveEntry[] = []
  for await (const { entries } of scanDirectory(archive, options)) all.push(...entries)
  return all
}

/** All that a streaming read brings. */
export async function streamed(archive: Archive, entry: NamedLocator): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of streamEntry(archive, entry)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
