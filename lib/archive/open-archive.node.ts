import { existsSync } from 'node:fs'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { proxyFetch } from '../network/proxy-fetch.node.ts'
import { type Archive, type ArchiveFacts, archiveFacts, fileName } from './archive'
import {
  type ByteSource,
  MissingSourceError,
  newCounters,
  type TransferCounters,
} from './byte-source'
import { checkParts } from './check-parts.node.ts'
import { openFileSource } from './file-source.node.ts'
import { findEnd } from './find-end'
import { type HttpOptions, httpClient } from './http-request'
import { openHttpSource } from './http-source'
import { type KeptFolder, keptSource } from './kept-source.node.ts'
import { openPieces } from './open-pieces.node.ts'
import { checkLocation, isUrl, partLocations } from './part-names'
import { type PieceNames, pieceNames } from './piece-names'
import { recoverParts } from './recover-parts.node.ts'

/** Parts that are opened at a time. */
const AT_ONCE = 8

export interface OpenOptions {
  readonly http?: HttpOptions
  /** The archive when its locator was written; an archive that differs is refused. */
  readonly facts?: ArchiveFacts
  /** Where bytes that are read over HTTP are kept for the next run. */
  readonly kept?: KeptFolder
  /** What reading has cost already. */
  readonly counters?: TransferCounters
  readonly signal?: AbortSignal
}

/**
 * Opens a ZIP archive, split or single, without reading its directory. The parts of a split archive lie
 * beside its `.zip`, or are joined in it; the pieces of one that was cut anywhere lie beside the first.
 *
 * @param location Path or http(s) URL of the `.zip`, or of its first piece, such as `.zip.001`. It must come from the command line or a configuration,
 *   never from a request, because any file that it names is read.
 * @throws UserError that names the part that does not exist or does not match the end record.
 */
export async function openArchive(location: string, options: OpenOptions = {}): Promise<Archive> {
  const pieces = pieceNames(location)
  if (!pieces) checkLocation(location)
  const { counters = newCounters() } = options
  const open = opener(counters, options)
  const opened: ByteSource[] = []
  const openAll = async (locations: string[]) => {
    const results = await Promise.allSettled(locations.map(open))
    const sources = results.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
    opened.push(...sources)
    for (const each of results) if (each.status === 'rejected') throw each.reason
    return sources
  }
  try {
    const last = await openLast(location, pieces, openAll)
    const others = new Map<number, Promise<ByteSource[]>>()
    const openOthers = (count: number) => {
      const found = others.get(count) ?? openFirst(partLocations(location, count), openAll)
      others.set(count, found)
      return found
    }
    const { parts, end, isRecovered } = await findEnd(
      last,
      { openOthers, recover: recoverParts },
      options.signal,
    )
    const archive: Archive = {
      location,
      parts,
      entries: end.entries,
      directory: end.directory,
      directoryBytes: end.directoryBytes,
      counters,
      close: async () => {
        await Promise.all(opened.map(source => source.close()))
      },
    }
    if (options.facts) checkFacts(archive, options.facts, isRecovered)
    await checkParts(archive, options.signal)
    return archive
  } catch (error) {
    await Promise.all(opened.map(source => source.close()))
    throw error
  }
}

/** Opens the file with the end of the archive: the `.zip`, or all pieces of it. */
async function openLast(
  location: string,
  pieces: PieceNames | null,
  openAll: (locations: string[]) => Promise<ByteSource[]>,
): Promise<ByteSource> {
  const open = async (one: string) => (await openAll([one]))[0] as ByteSource
  if (pieces) return openPieces(pieces, open)
  try {
    return await open(location)
  } catch (error) {
    const first = `${location}.001`
    if (!(error instanceof UserError) || isUrl(location) || !existsSync(first)) throw error
    throw new UserError(`${error.message}; its first piece is there: give ${first}`, 1, {
      cause: error,
    })
  }
}

function opener(counters: TransferCounters, { http, kept, signal }: OpenOptions) {
  const client = httpClient(counters, { fetch: proxyFetch, ...http })
  return async (location: string): Promise<ByteSource> => {
    if (!isUrl(location)) return openFileSource(location, counters)
    const source = await openHttpSource(location, client, signal)
    return kept ? keptSource(source, kept) : source
  }
}

/** Opens all parts but the last, a few at a time, so that a wrong number of parts fails early. */
async function openFirst(
  locations: string[],
  openAll: (locations: string[]) => Promise<ByteSource[]>,
): Promise<ByteSource[]> {
  const sources: ByteSource[] = []
  const wanted = locations.slice(0, -1)
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE)
    try {
      sources.push(...(await openAll(some)))
    } catch (error) {
      if (!(error instanceof MissingSourceError)) throw error
      throw new MissingSourceError(
        `${error.message}; the archive has ${locations.length} parts, ${wanted.map(fileName)[0]} to ${fileName(locations.at(-1) ?? '')}, which must be in the same folder`,
        1,
        { cause: error },
      )
    }
  }
  return sources
}

/** @throws UserError that names the first part that has changed. */
function checkFacts(archive: Archive, facts: ArchiveFacts, isRecovered: boolean): void {
  const now = archiveFacts(archive)
  // Of joined parts the total is known, but not always where one ends.
  const total = facts.parts.reduce((sum, { bytes }) => sum + bytes, 0)
  const isSame = isRecovered && now.parts.length === facts.parts.length
  if (!isSame || total !== archive.parts.size) checkSizes(archive, facts)
  if (
    now.parts.length !== facts.parts.length ||
    now.entries !== facts.entries ||
    now.directoryBytes !== facts.directoryBytes
  )
    throw new UserError(
      `${archive.location}: not the archive that the manifest was built from: ${formatCount(now.entries)} entries in ${now.parts.length} parts instead of ${formatCount(facts.entries)} in ${facts.parts.length}; ingest it again`,
    )
}

function checkSizes(archive: Archive, facts: ArchiveFacts): void {
  archive.parts.sources.forEach(({ name, size }, i) => {
    const before = facts.parts[i]
    if (before && before.bytes !== size)
      throw new UserError(
        `${name}: ${formatCount(size)} bytes, but ${formatCount(before.bytes)} when the manifest was written; it is truncated or from another archive`,
      )
  })
}
