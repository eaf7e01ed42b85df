import { type Archive, fileName } from '../archive/archive'
import type { ArchiveEntry } from '../archive/entry'
import { isUrl, withoutQuery } from '../archive/part-names'
import { streamEntry } from '../archive/stream-entry.node.ts'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { stageEntries } from '../locator/stage-entries.node.ts'
import type { UnsafeEntry } from './match-archive.node.ts'
import { CLASS_MAP_FILE, INDEX_FILE, type ReleaseFile } from './release-source.node.ts'

/** A release within an archive. */
export interface ArchiveSource {
  /** Short name for the manifest. */
  readonly name: string
  /** Where the archive is, without what may be secret in its address. */
  readonly where: string
  readonly archive: Archive
}

/** Whether a source is an archive, by its name or address. */
export const namesArchive = (source: string): boolean =>
  isUrl(source) || source.toLowerCase().endsWith('.zip')

export const archiveSource = (archive: Archive): ArchiveSource => {
  const where = withoutQuery(archive.location)
  return { name: fileName(where).replace(/\.zip$/i, ''), where, archive }
}

/** What the directory of a release's archive holds besides its pictures, which are staged. */
export interface ArchiveContent {
  readonly prefix: string
  readonly pictures: number
  /** Null if the archive has none: names alone then say what there is. */
  readonly index: ReleaseFile | null
  readonly classMap: ReleaseFile
  /** Entries that must not be used, with the reason in words. */
  readonly unsafe: readonly UnsafeEntry[]
  /** Files that are no part of a release. */
  readonly others: { readonly count: number; readonly first: readonly string[] }
}

/** Unsafe entries that are listed one by one; an archive with more is no release. */
const MAX_UNSAFE = 100_000
const FIRST_OTHERS = 5

/**
 * Stream the directory of a release's archive into a table `entries` of the engine.
 *
 * @throws UserError if it holds no release: no picture, or no class map.
 */
export async function readArchive(
  engine: NodeEngine,
  { archive, where }: ArchiveSource,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal?: AbortSignal,
): Promise<ArchiveContent> {
  const json = new Map<string, ArchiveEntry>()
  const unsafe: UnsafeEntry[] = []
  const others = { count: 0, first: [] as string[] }
  const onOther = (entry: ArchiveEntry, problem: string | null) => {
    if (problem !== null) {
      unsafe.push({ name: entry.name, problem })
      if (unsafe.length > MAX_UNSAFE)
        throw new UserError(
          `${where}: over ${MAX_UNSAFE} entries must not be used, "${unsafe[0]?.name}" (${unsafe[0]?.problem}) the first; it is no release`,
        )
    } else if ([INDEX_FILE, CLASS_MAP_FILE].includes(fileName(entry.name)))
      json.set(entry.name, entry)
    else {
      others.count++
      if (others.first.length < FIRST_OTHERS) others.first.push(entry.name)
    }
  }
  const { prefix, pictures } = await stageEntries(engine, archive, {
    ...{ onProgress, onOther },
    ...(signal && { signal }),
  })
  if (pictures === 0)
    throw new UserError(
      `${where}: holds no pictures in images/ or masks/; is it the release's archive?`,
    )
  const fileOf = (name: string): ReleaseFile | null => {
    const entry = json.get(prefix + name)
    if (!entry) return null
    const file = `${where}: ${entry.name}`
    return {
      where: file,
      bytes: entry.bytes,
      open: () => streamEntry(archive, entry, signal ? { signal } : {}),
    }
  }
  const classMap = fileOf(CLASS_MAP_FILE)
  if (!classMap)
    throw new UserError(
      `${where}: has no ${prefix}${CLASS_MAP_FILE}, which names the labels; without it nobody knows what the masks show`,
    )
  return { prefix, pictures, index: fileOf(INDEX_FILE), classMap, unsafe, others }
}
