import type { ArchiveEntry } from '../archive/entry'
import { ENTRY_PROBLEMS } from '../archive/entry-problems'
import { type Directory, scanDirectory } from '../archive/scan-directory.node.ts'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { ColumnType } from '../manifest/columns'
import { TextHash } from '../release/text-hash'
import { KEY_COLUMNS } from './name-key'

/** What the directory of an archive held. */
export interface StagedEntries {
  /** Folder of the release within the archive, with its slash; empty for the top. */
  readonly prefix: string
  /** Entries that are pictures of a release by their folder and extension. */
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

const COLUMNS = {
  entry: 'UINTEGER',
  name: 'VARCHAR',
  ...KEY_COLUMNS,
  part: 'USMALLINT',
  offset: 'BIGINT',
  compressed_bytes: 'UINTEGER',
  bytes: 'UINTEGER',
  method: 'UTINYINT',
  crc32: 'UINTEGER',
} as const satisfies Record<string, ColumnType>

/** Rows go to the disk as they come; more would be kept as a cache. */
const MEMORY = '64MB'

/**
 * `stageEntries` into a database of its own; see `attachEntries`.
 *
 * @param path Of the database to be made.
 */
export async function stageToFile(
  path: string,
  archive: Directory,
  options: StageOptions = {},
): Promise<StagedEntries> {
  const engine = await openNodeEngine(path, { memory_limit: MEMORY, threads: '1' })
  try {
    // In one transaction: each block of rows would wait for the disk otherwise.
    await engine.run('BEGIN')
    const staged = await stageEntries(engine, archive, options)
    await engine.run('COMMIT')
    return staged
  } finally {
    engine.close()
  }
}

/**
 * Stream the directory of an archive into a table `entries` of the engine: number in their order, name
 * within the release and its key, and where it lies.
 */
export async function stageEntries(
  engine: NodeEngine,
  archive: Directory,
  { signal, onProgress, onOther }: StageOptions = {},
): Promise<StagedEntries> {
  // Trying all ways to pack names takes longer than all else that is done with them.
  const columns = Object.entries(COLUMNS).map(
    ([column, type]) =>
      `"${column}" ${type} NOT NULL${type === 'VARCHAR' ? ' USING COMPRESSION fsst' : ''}`,
  )
  await engine.run(`CREATE TABLE entries (${columns.join(', ')})`)
  const writer = await TableWriter.open(engine.connection, 'entries', Object.values(COLUMNS))
  const hash = new TextHash()
  let pictures = 0
  let prefix: string | undefined
  let unusable = 0
  let firstUnusable: string | null = null
  const add = (entry: ArchiveEntry) => {
    const [, folder = '', name] = splitName(entry.name, prefix)
    const problem = name === undefined && !onOther ? null : problemOf(entry)
    if (problem !== null && name !== undefined) {
      unusable++
      firstUnusable ??= `${entry.name}: ${problem}`
    }
    // One archive holds one release.
    if (name !== undefined && problem === null) prefix ??= folder
    if (name === undefined || problem !== null || folder !== prefix) {
      if (!entry.isFolder) onOther?.(entry, problem)
      return
    }
    const { part, offset, compressedBytes, bytes, method, crc32 } = entry
    const { a, b, c } = hash.from().feed(name)
    writer.append(
      pictures++,
      name,
      a >>> 0,
      b >>> 0,
      c >>> 0,
      part,
      BigInt(offset),
      compressedBytes,
      bytes,
      method,
      crc32,
    )
  }
  try {
    for await (const { entries, bytesDone } of scanDirectory(archive, signal ? { signal } : {})) {
      for (const entry of entries) add(entry)
      onProgress?.(bytesDone, archive.directoryBytes)
    }
  } finally {
    writer.close()
  }
  return { prefix: prefix ?? '', pictures, unusable, firstUnusable }
}

/** What `PICTURE` finds in a name; without it for nearly all names, once the release's folder is known. */
function splitName(name: string, prefix: string | undefined): readonly (string | undefined)[] {
  if (prefix === undefined || !name.startsWith(prefix) || !name.endsWith('.png'))
    return PICTURE.exec(name) ?? []
  const at = prefix.length
  const folder = name.startsWith('images/', at) ? 7 : name.startsWith('masks/', at) ? 6 : 0
  const isPlain =
    folder > 0 && name.length > at + folder + 4 && name.indexOf('/', at + folder) === -1
  return isPlain ? [name, prefix, name.slice(at)] : (PICTURE.exec(name) ?? [])
}

function problemOf({ problem, bytes, compressedBytes }: ArchiveEntry): string | null {
  if (problem !== null) return ENTRY_PROBLEMS[problem]
  return Math.max(bytes, compressedBytes) > MAX_BYTES ? `has ${bytes} bytes` : null
}
