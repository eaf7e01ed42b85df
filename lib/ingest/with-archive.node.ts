import { readdir, rm } from 'node:fs/promises'
import type { Archive } from '../archive/archive'
import { MissingSourceError, newCounters, type TransferCounters } from '../archive/byte-source'
import type { HttpOptions } from '../archive/http-request'
import { isOfNetwork } from '../archive/network-error'
import { type OpenOptions, openArchive } from '../archive/open-archive.node.ts'
import { isUrl } from '../archive/part-names'
import { SourceChangedError } from '../archive/validators'
import { UserError } from '../errors'
import { formatBytes } from '../format'
import { DiskError } from '../store/disk-error'
import { claimKeptReads } from './kept-reads.node.ts'

/** What reading over HTTP has cost. */
export interface Transfer extends TransferCounters {
  /** Bytes that an earlier run had read, and that were not read again. */
  reused: number
}

export interface ArchiveOptions {
  /** Folder of the manifest; what is read over HTTP is kept beside it until the work is done. */
  readonly out: string
  readonly http?: HttpOptions
  /** Called when the archive is open, before the work. */
  readonly onArchive?: (archive: Archive) => void | Promise<void>
  readonly log?: (line: string) => void
  readonly signal?: AbortSignal
}

/** An archive that changes more often while it is read is not finished. */
const ATTEMPTS = 3

/**
 * Open an archive and work with it. If its files change meanwhile, the work begins again with the new ones. What is
 * read over HTTP is kept when the work is interrupted or the network fails, and the next run goes on with it; it is
 * removed when the work is done, and when it turns out to be damaged.
 *
 * @param work Gets the archive, and what reading has cost so far; null for files on disk.
 * @throws as `openArchive` and the work.
 */
export async function withArchive<Result>(
  source: string,
  options: ArchiveOptions,
  work: (archive: Archive, transfer: Transfer | null) => Promise<Result>,
): Promise<Result> {
  const { out, http, signal, log = () => {} } = options
  const abort = signal ? { signal } : {}
  if (!isUrl(source)) return attempt(source, abort, options, archive => work(archive, null))
  const transfer: Transfer = { ...newCounters(), reused: 0 }
  const dir = await claimKeptReads(out)
  const remove = () => rm(dir, { recursive: true, force: true })
  let found = 0
  const kept = {
    dir,
    log,
    onFound: (bytes: number) => {
      found += bytes
    },
    onReused: (bytes: number) => {
      transfer.reused += bytes
    },
  }
  const open: OpenOptions = { ...abort, ...(http && { http }), kept, counters: transfer }
  try {
    for (let attempts = 1; ; attempts++)
      try {
        found = 0
        const result = await attempt(source, open, options, archive => {
          if (found > 0)
            log(
              `Going on after an earlier run, which had read ${formatBytes(found)} of the archive`,
            )
          return work(archive, transfer)
        })
        await remove()
        return result
      } catch (error) {
        if (!(error instanceof SourceChangedError) || attempts === ATTEMPTS) throw error
        log(`${error.source}: changed while it was being read (${error.how}); starting again`)
      }
  } catch (error) {
    const isGood =
      signal?.aborted ||
      isOfNetwork(error) ||
      error instanceof MissingSourceError ||
      error instanceof DiskError
    if (isGood) await removeEmpty(dir, log)
    // Bytes that are damaged must not be read again from here.
    else if (error instanceof UserError) await remove()
    throw error
  }
}

/** Say that what was read is kept, or remove the folder if nothing was. */
async function removeEmpty(dir: string, log: (line: string) => void): Promise<void> {
  if ((await readdir(dir)).length > 0)
    log('What was read is kept; the same command goes on from there')
  else await rm(dir, { recursive: true, force: true })
}

async function attempt<Result>(
  source: string,
  open: OpenOptions,
  { onArchive }: ArchiveOptions,
  work: (archive: Archive) => Promise<Result>,
): Promise<Result> {
  const archive = await openArchive(source, open)
  try {
    await onArchive?.(archive)
    return await work(archive)
  } finally {
    await archive.close()
  }
}
