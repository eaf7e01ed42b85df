import { type Archive, fileName } from '../archive/archive'
import type { ArchiveEntry } from '../archive/entry'
import { isUrl, withoutQuery } from '../archive/part-names'
import { SAMPLE_BYTES, sampleDirectory } from '../archive/sample-directory.node.ts'
import { streamEntry } from '../archive/stream-entry.node.ts'
import { UserError } from '../errors'
import { stageInThread } from '../locator/stage-in-thread.node.ts'
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

/** Whether a source is an archive, or a part of one, by its name or address. */
export const namesArchive = (source: string): boolean =>
  isUrl(source) || /\.(zip|z\d{2,})$/i.test(source)

export const archiveSource = (archive: Archive): ArchiveSource => {
  const where = withoutQuery(archive.location)
  return { name: fileName(where).replace(/\.zip$/i, ''), where, archive }
}

/** What an archive lists its pictures with. */
export interface ArchiveListing {
  /** Null if the archive has none: names alone then say what there is. */
  readonly index: ReleaseFile | null
  readonly classMap: ReleaseFile
  /** Which entries these are. */
  readonly id: string
}

/** What the directory of a release's archive holds besides its pictures, which are staged. */
export interface ArchiveContent extends ArchiveListing {
  readonly prefix: string
  readonly pictures: number
  /** Entries that must not be used, with the reason in words. */
  readonly unsafe: readonly UnsafeEntry[]
  /** Files that are no part of a release. */
  readonly others: { readonly count: number; readonly first: readonly string[] }
}

/** Unsafe entries that are listed one by one; an archive with more is no release. */
const MAX_UNSAFE = 100_000
const FIRST_OTHERS = 5

/** A directory that is being read. */
export interface ArchiveReading {
  /**
   * Index and class map, once both were seen; with `content` at the latest. Those of another folder than
   * the release's may come first, so `content` has the last word.
   */
  readonly listing: Promise<ArchiveListing>
  /** Once the directory is read. */
  readonly content: Promise<ArchiveContent>
}

/**
 * Read the directory of a release's archive into a database of entries, in a thread beside whatever is done
 * with the listing.
 *
 * @param path Of the database to be made.
 * @param signal Ends the reading of the directory and of the listing's files.
 * @throws UserError (`content`) if it holds no release: no picture, or no class map.
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
  // `zip -r` often has them first or last: then they can be read at once.
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

/** @param json Has the class map of the folder. */
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
