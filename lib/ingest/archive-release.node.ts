import { type Archive, fileName } from '../archive/archive'
import type { ArchiveEntry } from '../archive/entry'
import { withoutQuery } from '../archive/part-names'
import { SAMPLE_BYTES, sampleDirectory } from '../archive/sample-directory.node.ts'
import { streamEntry } from '../archive/stream-entry.node.ts'
import { UserError } from '../errors'
import { stageInThread } from '../locator/stage-in-thread.node.ts'
import type { UnsafeEntry } from './match-archive.node.ts'
import { CLASS_MAP_FILE, INDEX_FILE, type ReleaseFile } from './release-source.node.ts'

/** A release in an archive. */
export interface ArchiveSource {
  /** Short name for the manifest. */
  readonly name: string
  /** Path or URL of the archive, without parts of the URL that may be secret. */
  readonly where: string
  readonly archive: Archive
}

export const archiveSource = (archive: Archive): ArchiveSource => {
  const where = withoutQuery(archive.location)
  return {
    name: fileName(where).replace(/\.zip([._-]?(part)?[._-]?(\d+|a+))?$/i, ''),
    where,
    archive,
  }
}

/** Index and class map of a release in an archive. */
export interface ArchiveListing {
  /** Null if the archive has no index; the names of entries then replace it. */
  readonly index: ReleaseFile | null
  readonly classMap: ReleaseFile
  /** Identifies the entries of index and class map. */
  readonly id: string
}

/** Content of an archive's directory besides the pictures, which are staged. */
export interface ArchiveContent extends ArchiveListing {
  readonly prefix: string
  readonly pictures: number
  /** Entries that must not be used, with reasons for people. */
  readonly unsafe: readonly UnsafeEntry[]
  /** Files that do not belong to a release. */
  readonly others: { readonly count: number; readonly first: readonly string[] }
}

/** Maximum number of unsafe entries; an archive with more is not a release. */
const MAX_UNSAFE = 100_000
const FIRST_OTHERS = 5

/** A directory that is being read. */
export interface ArchiveReading {
  /**
   * Index and class map, as soon as both are found, and with `content` at the latest. They may be files of another
   * folder than that of the release, so `content` decides.
   */
  readonly listing: Promise<ArchiveListing>
  /** The content, when the complete directory is read. */
  readonly content: Promise<ArchiveContent>
}

/**
 * Read the directory of an archive into a database of entries, in a thread, while the caller uses the listing.
 *
 * @param path Path of the new database.
 * @param signal Aborts reading the directory and the files of the listing.
 * @throws UserError (`content`) if the archive has no release: no picture, or no class map.
 */
export function readArchive(
  path: string,
  source: ArchiveSource,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): ArchiveReading {
  const { archive } = source
  const json = new Map<string, ArchiveEntry>()
  let seenBoth: (listing: ArchiveListing) => void = () => {}
  const early = new Promise<ArchiveListing>(resolve => {
    seenBoth = resolve
  })
  const note = (entry: ArchiveEntry) => {
    json.set(entry.name, entry)
    const folder = entry.name.slice(0, -fileName(entry.name).length)
    if (json.has(folder + INDEX_FILE) && json.has(folder + CLASS_MAP_FILE))
      seenBoth(listingOf(source, json, folder, signal))
  }
  const content = readContent(path, source, { json, note, onProgress, signal })
  content.catch(() => {})
  // `zip -r` often puts them first or last, so that they can be read at once.
  const listing = sampleEnds(archive, signal)
    .then(entries => {
      for (const entry of entries) if (isListing(entry)) note(entry)
    })
    .then(() => Promise.race([early, content]))
  listing.catch(() => {})
  return { listing, content }
}

const isListing = ({ name, problem }: ArchiveEntry): boolean =>
  problem === null && [INDEX_FILE, CLASS_MAP_FILE].includes(fileName(name))

/** Entries at both ends of the directory. */
export async function sampleEnds(archive: Archive, signal?: AbortSignal): Promise<ArchiveEntry[]> {
  const { directoryBytes } = archive
  if (directoryBytes === 0) return []
  const looks = [0, Math.max(0, directoryBytes - SAMPLE_BYTES)].map(from =>
    sampleDirectory(archive, from, SAMPLE_BYTES, signal),
  )
  return (await Promise.all(looks)).flat().map(({ entry }) => entry)
}

async function readContent(
  path: string,
  source: ArchiveSource,
  {
    json,
    note,
    onProgress,
    signal,
  }: {
    readonly json: ReadonlyMap<string, ArchiveEntry>
    readonly note: (entry: ArchiveEntry) => void
    readonly onProgress: (doneBytes: number, totalBytes: number) => void
    readonly signal: AbortSignal
  },
): Promise<ArchiveContent> {
  const { archive, where } = source
  const unsafe: UnsafeEntry[] = []
  const others = { count: 0, first: [] as string[] }
  const onOther = (entry: ArchiveEntry, problem: string | null) => {
    if (problem !== null) {
      unsafe.push({ name: entry.name, problem })
      if (unsafe.length > MAX_UNSAFE)
        throw new UserError(
          `${where}: more than ${MAX_UNSAFE} entries are unsafe, the first is "${unsafe[0]?.name}" (${unsafe[0]?.problem}); this is not the release`,
        )
    } else if (isListing(entry)) note(entry)
    else {
      others.count++
      if (others.first.length < FIRST_OTHERS) others.first.push(entry.name)
    }
  }
  const { prefix, pictures } = await stageInThread(path, archive, { signal, onProgress, onOther })
  if (pictures === 0)
    throw new UserError(
      `${where}: holds no pictures in images/ or masks/; is it the release's archive?`,
    )
  if (!json.has(prefix + CLASS_MAP_FILE))
    throw new UserError(
      `${where}: has no ${prefix}${CLASS_MAP_FILE}, which names the labels; without it the masks have no meaning`,
    )
  return { ...listingOf(source, json, prefix, signal), prefix, pictures, unsafe, others }
}

/** @param json JSON files of the archive, of which one is the class map of the folder. */
function listingOf(
  { archive, where }: ArchiveSource,
  json: ReadonlyMap<string, ArchiveEntry>,
  folder: string,
  signal: AbortSignal,
): ArchiveListing {
  const index = json.get(folder + INDEX_FILE) ?? null
  const classMap = json.get(folder + CLASS_MAP_FILE) as ArchiveEntry
  const fileOf = (entry: ArchiveEntry): ReleaseFile => ({
    where: `${where}: ${entry.name}`,
    bytes: entry.bytes,
    open: () => streamEntry(archive, entry, { signal }),
  })
  const places = [index, classMap].map(entry => entry && `${entry.part}:${entry.offset}`)
  return {
    index: index && fileOf(index),
    classMap: fileOf(classMap),
    id: `${folder} ${places.join(' ')}`,
  }
}
