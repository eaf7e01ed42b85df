import { createHash } from 'node:crypto'
import type { Archive } from '../archive/archive'
import type { NamedLocator } from '../archive/entry'
import { EntryError } from '../archive/entry-error'
import type { HttpOptions } from '../archive/http-request'
import { withoutQuery } from '../archive/part-names'
import { planReads } from '../archive/plan-reads'
import { readEach } from '../archive/read-each.node.ts'
import { type GroupResult, readGroup } from '../archive/read-group.node.ts'
import { readHead } from '../archive/read-head.node.ts'
import { ReopenedArchive } from '../archive/reopened.node.ts'
import { streamEntry } from '../archive/stream-entry.node.ts'
import { ahead } from '../async/ahead'
import { command, shownPlace } from '../command-name.node.ts'
import { UserError } from '../errors'
import { filesOf } from '../manifest/files-of'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { ImageFault } from './image-fault'
import { type PictureFile, pathOf } from './image-row'
import { assertReadable, assertStreamable, type ImageStore, MAX_FILE_BYTES } from './image-store'
import { type LocatorRows, openLocatorRows } from './locator-rows.node.ts'

/**
 * The ZIP of a release, split or single, on disk or over HTTP, as an image store. Reads the entries that the
 * manifest's locator lists. If the files of the archive change, or cannot be read for a while, the archive is opened
 * again for the next picture.
 *
 * @param location Path or http(s) URL of the `.zip`.
 * @param http How patient reads over HTTP are.
 * @throws UserError if the manifest has no locator, or the archive is not the one that it describes.
 */
export async function openArchiveStore(
  folder: ManifestFolder,
  location: string,
  http: HttpOptions = {},
): Promise<ImageStore> {
  const { archive: facts, files } = folder.manifest
  if (!facts || !files.locator)
    throw new UserError(
      `${folder.dir}: the manifest has no locator; start with ${command('serve', '--manifest', shownPlace(folder.dir), '--images', location)}, which writes one`,
    )
  const archive = new ReopenedArchive(location, { facts, http })
  await archive.get()
  const rows = await openLocatorRows(folder)
  const hashes = filesOf(folder.manifest, 'locator').map(({ sha256 }) => sha256)
  return {
    kind: 'archive',
    needsBoxes: false,
    source: withoutQuery(location),
    identity: createHash('sha256')
      .update(JSON.stringify([hashes, facts]))
      .digest('hex'),
    async read(wanted, signal) {
      const entries = await locate(rows, facts.prefix, wanted)
      try {
        return await archive.use(opened => readEntries(opened, entries, signal))
      } catch (error) {
        signal?.throwIfAborted()
        throw faultOf(error)
      }
    },
    async *readEach(files, { headBytes, signal }) {
      const found = new Map<NamedLocator, PictureFile>()
      for (const file of files) {
        const place = await rows.find(file.row.imageId, file.mask)
        const fault = place
          ? headBytes === undefined && sizeFault(file, place.bytes)
          : notInArchive(file)
        if (fault) yield { file, fault }
        else if (place) found.set({ ...place, name: facts.prefix + pathOf(file) }, file)
      }
      const results = readAll(await archive.get(), [...found.keys()], headBytes, signal)
      for await (const { entry, data, error } of results) {
        const file = found.get(entry) as PictureFile
        if (data) yield { file, data, bytes: entry.bytes }
        else yield { file, fault: new ImageFault('corrupt', error.message, { cause: error }) }
      }
    },
    async open(file, signal) {
      const [entry] = await locate(rows, facts.prefix, [file])
      if (!entry) throw notInArchive(file)
      assertStreamable(pathOf(file), entry.bytes)
      return { bytes: entry.bytes, pieces: piecesOf(await archive.get(), entry, signal) }
    },
    async close() {
      rows.close()
      await archive.close()
    },
  }
}

async function* piecesOf(
  archive: Archive,
  entry: NamedLocator,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* streamEntry(archive, entry, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof EntryError ? faultOf(error) : error
  }
}

/** Why a file is not read into memory; null if it is. */
function sizeFault(file: PictureFile, bytes: number): ImageFault | null {
  try {
    assertReadable(pathOf(file), bytes, 0)
    return null
  } catch (error) {
    if (error instanceof ImageFault) return error
    throw error
  }
}

const notInArchive = (file: PictureFile) =>
  new ImageFault('missing', `${pathOf(file)}: not in the archive`)

async function locate(
  rows: LocatorRows,
  prefix: string,
  wanted: readonly PictureFile[],
): Promise<NamedLocator[]> {
  return Promise.all(
    wanted.map(async file => {
      const place = await rows.find(file.row.imageId, file.mask)
      if (!place) throw notInArchive(file)
      return { ...place, name: prefix + pathOf(file) }
    }),
  )
}

/** Reads neighbours with one request; the masks of an image often are neighbours. */
async function readEntries(
  archive: Archive,
  entries: readonly NamedLocator[],
  signal?: AbortSignal,
): Promise<Uint8Array[]> {
  let total = 0
  for (const { name, bytes } of entries) {
    assertReadable(name, bytes, total)
    total += bytes
  }
  const options = { maxBytes: MAX_FILE_BYTES, ...(signal && { signal }) }
  const groups = planReads(entries, archive.parts)
  const results = await Promise.all(groups.map(group => readGroup(archive, group, options)))
  const found = new Map(results.flat().map(result => [result.entry, result]))
  return entries.map(entry => {
    const { data, error } = found.get(entry) ?? {}
    if (data) return data
    throw error ?? new RangeError(`could not read ${entry.name}`)
  })
}

/** Heads of files that are read at a time. */
const HEADS_AHEAD = 8

function readAll(
  archive: Archive,
  entries: readonly NamedLocator[],
  headBytes: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<GroupResult> {
  const abort = signal ? { signal } : {}
  if (headBytes === undefined)
    return readEach(archive, entries, { maxBytes: MAX_FILE_BYTES, ...abort })
  const inOrder = planReads(entries, archive.parts).flatMap(group => group.entries)
  return ahead(inOrder, HEADS_AHEAD, async (entry): Promise<GroupResult> => {
    try {
      return { entry, data: await readHead(archive, entry, headBytes, abort) }
    } catch (error) {
      if (error instanceof EntryError) return { entry, error }
      throw error
    }
  })
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof UserError)) return error
  const reason = error instanceof EntryError ? 'corrupt' : 'source'
  return new ImageFault(reason, error.message, { cause: error })
}
