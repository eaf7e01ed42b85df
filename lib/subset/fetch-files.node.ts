import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Archive } from '../archive/archive'
import { crc32 } from '../archive/crc32.node.ts'
import type { NamedLocator } from '../archive/entry'
import { nameProblem } from '../archive/entry-problems'
import { planReads } from '../archive/plan-reads'
import { type GroupResult, readGroup } from '../archive/read-group.node.ts'
import { UserError } from '../errors'
import { formatBytes } from '../format'
import { isRunning } from '../manifest/is-running.node.ts'

/** A file to have: where it lies in the archive, and its path within the release. */
export interface WantedFile extends NamedLocator {
  readonly path: string
}

export interface FetchOptions {
  readonly out: string
  /** Reads under way at a time. */
  readonly parallel: number
  readonly signal: AbortSignal
  readonly onProgress: (progress: FetchProgress) => void
}

export interface FetchProgress {
  files: number
  /** Of files that were there and good already. */
  skipped: number
  bytes: number
}

export interface FetchResult extends FetchProgress {
  /** Files that could not be had, with the reason. */
  readonly failed: readonly string[]
}

/** A picture of a release is far smaller; more than this is no picture. */
const MAX_FILE_BYTES = 64 << 20
const PATH = /^(images|masks)\/[^/]+\.png$/s
const LOCK = '.samed2d-fetch.lock'

/** Room that a disk keeps beyond the files themselves. */
const SPARE_BYTES = 64 << 20

/**
 * Fetch files out of an archive into a folder in the release's layout. Good files that are there stay;
 * each other one is written beside and renamed once its CRC-32 is right, so that nothing wrong is ever
 * under a file's name, and an interrupted fetch goes on.
 *
 * @param pages Wanted files in the archive's order, some thousands at a time.
 * @param totalBytes Of all of them, unpacked: must fit on the disk.
 * @throws UserError if another fetch works there, or the disk has no room.
 */
export async function fetchFiles(
  archive: Archive,
  pages: AsyncIterable<readonly WantedFile[]>,
  totalBytes: number,
  options: FetchOptions,
): Promise<FetchResult> {
  const { out, parallel, signal, onProgress } = options
  await mkdir(out, { recursive: true })
  const unlock = await lock(out)
  const progress: FetchProgress = { files: 0, skipped: 0, bytes: 0 }
  const failed: string[] = []
  const store = async ({ entry, data, error }: GroupResult, wanted: WantedFile) => {
    if (error) failed.push(error.message)
    else {
      await writeWhole(join(out, wanted.path), data)
      progress.files++
      progress.bytes += data.length
    }
    onProgress(progress)
    return entry
  }
  try {
    await assertRoom(out, totalBytes)
    for (const folder of ['images', 'masks']) await mkdir(join(out, folder), { recursive: true })
    for await (const page of pages) {
      const missing: WantedFile[] = []
      for (const file of page) {
        signal.throwIfAborted()
        const problem = PATH.test(file.path) ? nameProblem(file.path) : 'is no picture of a release'
        if (problem !== null) failed.push(`"${file.path}" ${problem}`)
        else if (await isGood(join(out, file.path), file)) {
          progress.skipped++
          onProgress(progress)
        } else missing.push(file)
      }
      const byEntry = new Map<NamedLocator, WantedFile>(missing.map(file => [file, file]))
      const groups = planReads(missing, archive.parts)
      let next = 0
      const work = async () => {
        for (let at = next++; at < groups.length; at = next++) {
          signal.throwIfAborted()
          const group = groups[at]
          if (!group) continue
          for (const result of await readGroup(archive, group, {
            maxBytes: MAX_FILE_BYTES,
            signal,
          }))
            await store(result, byEntry.get(result.entry) as WantedFile)
        }
      }
      const workers = Array.from({ length: parallel }, work)
      const ended = await Promise.allSettled(workers)
      for (const one of ended) if (one.status === 'rejected') throw one.reason
    }
    return { ...progress, failed }
  } catch (error) {
    throw diskFull(error, out)
  } finally {
    await unlock()
  }
}

/** Whether a file is there with the size and content that the archive's directory says. */
async function isGood(path: string, { bytes, crc32: crc }: NamedLocator): Promise<boolean> {
  try {
    if ((await stat(path)).size !== bytes) return false
    return crc32(await readFile(path)) === crc
  } catch {
    return false
  }
}

async function writeWhole(path: string, data: Uint8Array): Promise<void> {
  const partial = `${path}.incomplete`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(partial, data)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function assertRoom(out: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(out)
  const free = bavail * bsize
  if (free < bytes + SPARE_BYTES)
    throw new UserError(
      `${out}: the files take ${formatBytes(bytes)}, and ${formatBytes(free)} are free; make room, or choose fewer`,
    )
}

/** One fetch works in a folder at a time; the lock of a process that is gone does not count. */
async function lock(out: string): Promise<() => Promise<void>> {
  const path = join(out, LOCK)
  for (let attempt = 0; ; attempt++)
    try {
      const file = await open(path, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error
      const pid = Number(await readFile(path, 'utf8').catch(() => ''))
      if (pid > 0 && isRunning(pid))
        throw new UserError(
          `${out}: another fetch (process ${pid}) works there; wait for it, or stop it`,
        )
      await rm(path, { force: true })
    }
}

const diskFull = (error: unknown, out: string): unknown =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new UserError(
        `${out}: the disk is full; what is there is good, make room and run it again`,
        1,
        {
          cause: error,
        },
      )
    : error
