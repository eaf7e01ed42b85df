import type { ArchiveEntry } from '../archive/entry'
import { ENTRY_PROBLEMS } from '../archive/entry-problems'
import { type Directory, scanDirectory } from '../archive/scan-directory.node.ts'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { ColumnType } from '../manifest/columns'
import { TextHash } from '../release/text-hash'
import { KEY_COLUMNS } from './name-key'

/** Summary of the central directory of an archive. */
export interface StagedEntries {
  /** Folder of the release within the archive, with a trailing slash; empty for the top. */
  readonly prefix: string
  /** Number of staged entries: usable pictures, by folder and extension. */
  readonly pictures: number
  /** Number of pictures that must not be used, for example because they are encrypted or too large. */
  readonly unusable: number
  /** Name and problem of the first unusable picture; null if all are usable. */
  readonly firstUnusable: string | null
}

export interface StageOptions {
  readonly signal?: AbortSignal
  /** Called with the bytes of the directory that were read so far, and in total. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void
  /** Called with every entry that is not staged, except folders. `problem` is null if the entry is usable. */
  readonly onOther?: (entry: ArchiveEntry, problem: string | null) => void
}

/** File names of pictures. Excludes the folder `__MACOSX`, which macOS adds to archives. */
const PICTURE = /^(?!__MACOSX\/)(.*\/)?((?:images|masks)\/[^/]+\.png)$/s

/** Larger sizes do not fit in the UINTEGER columns. No picture of a release is larger. */
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

/** Rows are written to disk immediately; DuckDB would use more memory only as a cache. */
const MEMORY = '64MB'

/**
 * Run `stageEntries` in a separate database file. `attachEntries` makes the result available to another engine.
 *
 * @param path Path of the new database.
 */
export async function stageToFile(
  path: string,
  archive: Directory,
  options: StageOptions = {},
): Promise<StagedEntries> {
  const engine = await openNodeEngine(path, { memory_limit: MEMORY, threads: '1' })
  try {
    // Use one transaction; otherwise each block of rows would wait for the disk.
    await engine.run('BEGIN')
    const staged = await stageEntries(engine, archive, options)
    await engine.run('COMMIT')
    return staged
  } finally {
    engine.close()
  }
}

/**
 * Stream the central directory of an archive into a table `entries`. Each usable picture gets a row: number in
 * directory order, file name within the release, hash of the name, and position in the archive.
 */
export async function stageEntries(
  engine: NodeEngine,
  archive: Directory,
  { signal, onProgress, onOther }: StageOptions = {},
): Promise<StagedEntries> {
  // Set the compression of names, because DuckDB's automatic choice takes longer than all other work on names.
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
    // An archive has only one release, so the first picture determines the folder.
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

/**
 * Match a name with `PICTURE`. Once the release's folder is known, nearly all names are matched without the slower
 * regular expression.
 */
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
