import { newCounters } from '../archive/byte-source'
import { openFileSource } from '../archive/file-source.node.ts'
import { checkLocation, isUrl, withoutQuery } from '../archive/part-names'
import { JoinedPartsError } from '../archive/recover-parts.node.ts'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { lockPath } from '../store/path-lock.node.ts'
import type { Diagnosis, DoctorOptions } from './diagnosis'
import { examineCopy, journalOf } from './examine-copy.node.ts'
import { type FoundLayout, filesBeside, findLayout, type Layout } from './find-layout.node.ts'
import { finishJournal, isJournalWaiting } from './journal.node.ts'
import { exists } from './move-files.node.ts'
import { OtherCopy } from './other-copy.node.ts'
import { noLayout, readDirectory } from './prepare.node.ts'
import { readableOtherwise, refusePieces } from './readable-otherwise.node.ts'
import { fetchWhole, openSettled, settleParts } from './settle-parts.node.ts'

/**
 * Examines a downloaded archive, and mends it from another copy. Every byte is read once. Nothing is changed
 * without `repair`; with it, a file is only changed once its new bytes are checked and stored durably.
 *
 * @param location Path of the `.zip`; the parts of a split archive lie beside it.
 * @throws UserError if the archive cannot be examined: it is not there, or has no usable directory and there is
 *   no other copy; if the other copy is another archive; if another repair is running.
 */
export async function doctor(location: string, options: DoctorOptions): Promise<Diagnosis> {
  if (isUrl(location))
    throw new UserError(
      `${location}: is not on this machine; give the path of the downloaded .zip`,
      2,
    )
  refusePieces(location)
  checkLocation(location)
  try {
    return await (options.repair ? repairArchive : examineArchive)(location, options)
  } catch (error) {
    throw diskError(error, location)
  }
}

async function repairArchive(location: string, options: DoctorOptions): Promise<Diagnosis> {
  // A folder that is not there has no lock either; the error about the archive says so.
  if ((await filesBeside(location)).length === 0) return examineArchive(location, options)
  const unlock = await lockPath(`${location}.doctor-lock`, location, 'repair')
  try {
    const written = await finishJournal(journalOf(location))
    if (written !== null && written > 0)
      options.onNote(`finished an interrupted repair: ${formatCount(written)} bytes written`)
    return await examineArchive(location, options)
  } finally {
    await unlock()
  }
}

/** An error of the disk as one line for people; any other error as it is. */
function diskError(error: unknown, location: string): unknown {
  const { code, message, syscall } = error as NodeJS.ErrnoException
  if (error instanceof UserError || syscall === undefined) return error
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  const what = isFull ? 'the disk is full' : `the disk reports an error (${message})`
  const next = isFull ? 'free disk space' : 'check the disk and its permissions'
  return new UserError(
    `${location}: ${what}; ${next}, and run the command again, which continues`,
    1,
    { cause: error },
  )
}

async function examineArchive(location: string, options: DoctorOptions): Promise<Diagnosis> {
  if (!options.repair && (await isJournalWaiting(journalOf(location))))
    options.onNote('a repair was interrupted; run the command with --repair to finish it')
  const { from, http, signal } = options
  let local = await findLayout(location)
  // Also with another copy: a repair would take apart what is whole.
  const otherwise = local instanceof UserError ? await readableOtherwise(location) : null
  if (otherwise && !(from !== undefined && otherwise instanceof JoinedPartsError)) throw otherwise
  const other =
    from === undefined
      ? null
      : await OtherCopy.open(from, local instanceof UserError ? null : local.count, {
          signal,
          ...(http && { http }),
        })
  try {
    if (local instanceof UserError && !other) throw noLayout(location, local)
    if (local instanceof UserError && other && options.repair)
      local = await fetchLast(location, local, other, options)
    const found = local instanceof UserError ? null : local
    const layout = found ?? (await (other as OtherCopy).layout())
    if (found && other) await assertSame(found, other)
    return await examine(location, layout, found, other, options)
  } finally {
    await other?.close()
  }
}

/** Fetches the last part, with the directory, if no file has its name; then looks for the end again. */
async function fetchLast(
  location: string,
  reason: UserError,
  other: OtherCopy,
  options: DoctorOptions,
): Promise<FoundLayout | UserError> {
  if (await exists(location)) return reason
  await fetchWhole(other, other.parts.sources.length - 1, location, options)
  return findLayout(location)
}

/** @throws UserError if the other copy is another archive. */
async function assertSame(local: FoundLayout, other: OtherCopy): Promise<void> {
  const last = other.parts.source(local.count - 1)
  if (last.size === local.lastBytes) {
    const length = local.lastBytes - local.endOffset
    const theirs = await last.read(local.endOffset, length)
    const file = await openFileSource(local.path, newCounters())
    try {
      if (Buffer.compare(await file.read(local.endOffset, length), theirs) === 0) return
    } finally {
      await file.close()
    }
  }
  const { count, end } = await other.layout().catch(cause => {
    throw new UserError(`--from ${(cause as Error).message}; is it another archive?`, 1, { cause })
  })
  const { directory, directoryBytes } = local.end
  if (
    count !== local.count ||
    end.directoryBytes !== directoryBytes ||
    end.directory.part !== directory.part ||
    end.directory.offset !== directory.offset
  )
    throw new UserError(
      `--from ${withoutQuery(other.location)}: is another archive: its directory has ${formatCount(end.entries)} entries, ${formatCount(local.end.entries)} expected; give the place of the same archive`,
    )
}

async function examine(
  location: string,
  layout: Layout,
  local: FoundLayout | null,
  other: OtherCopy | null,
  options: DoctorOptions,
): Promise<Diagnosis> {
  const { signal } = options
  const read = await readDirectory(location, layout, local, other, {
    onBytes: done => options.onProgress('directory', done, layout.end.directoryBytes),
    signal,
  })
  const settled = await settleParts(location, layout, local, read, other, options)
  const copy = await openSettled(settled.files, layout, read, other, local)
  try {
    return await examineCopy({ location, layout, other, read, copy, settled, options })
  } finally {
    await copy.close()
  }
}
