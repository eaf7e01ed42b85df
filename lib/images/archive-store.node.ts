import { createHash } from 'node:crypto'
import type { Archive } from '../archive/archive'
import type { NamedLocator } from '../archive/entry'
import { EntryError } from '../archive/entry-error'
import { SourceChangedError } from '../archive/http-answer'
import { openArchive } from '../archive/open-archive.node.ts'
import { planReads } from '../archive/plan-reads'
import { readGroup } from '../archive/read-group.node.ts'
import { UserError } from '../errors'
import { fileOf } from '../manifest/file-of'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { ImageFault } from './image-fault'
import { type PictureFile, pathOf } from './image-row'
import { assertReadable, type ImageStore, MAX_FILE_BYTES } from './image-store'
import { type LocatorRows, openLocatorRows } from './locator-rows.node.ts'

/**
 * A release's ZIP as image store, split or single, on disk or over HTTP: reads the entries that the
 * manifest's locator names.
 *
 * @param location Path or http(s) URL of the `.zip`.
 * @throws UserError if the manifest has no locator, or the archive is another one.
 */
export async function openArchiveStore(
  folder: ManifestFolder,
  location: string,
): Promise<ImageStore> {
  const { archive: facts, files } = folder.manifest
  if (!facts || !files.locator)
    throw new UserError(
      `${folder.dir}: has no locator of an archive; start it with samed2d serve --images ${location}, which writes one`,
    )
  let archive: Promise<Archive> | null = openArchive(location, { facts })
  await archive
  const rows = await openLocatorRows(folder)
  const { sha256 } = fileOf(folder.manifest, 'locator')
  return {
    kind: 'archive',
    needsBoxes: false,
    source: withoutQuery(location),
    identity: createHash('sha256')
      .update(JSON.stringify([sha256, facts]))
      .digest('hex'),
    async read(wanted, signal) {
      const entries = await locate(rows, facts.prefix, wanted)
      try {
        archive ??= openArchive(location, { facts })
        return await readEntries(await archive, entries, signal)
      } catch (error) {
        // The file at the address is another one: look at it anew next time.
        if (error instanceof SourceChangedError) archive = null
        signal?.throwIfAborted()
        throw faultOf(error)
      }
    },
    async close() {
      rows.close()
      await (await archive)?.close()
    },
  }
}

/** Addresses of files may carry a secret after the question mark. */
const withoutQuery = (location: string) => location.replace(/^(https?:[^?#]*).*$/is, '$1')

async function locate(
  rows: LocatorRows,
  prefix: string,
  wanted: readonly PictureFile[],
): Promise<NamedLocator[]> {
  return Promise.all(
    wanted.map(async file => {
      const place = await rows.find(file.row.imageId, file.mask)
      if (!place) throw new ImageFault('missing', `${pathOf(file)}: not in the archive`)
      return { ...place, name: prefix + pathOf(file) }
    }),
  )
}

/** Neighbours, such as the masks of an image often are, come with one request. */
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
    throw error ?? new RangeError(`nothing was read of ${entry.name}`)
  })
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof UserError)) return error
  const reason = error instanceof EntryError ? 'corrupt' : 'source'
  return new ImageFault(reason, error.message, { cause: error })
}
