import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type ByteSource, newCounters } from '../archive/byte-source'
import type { EndRecord } from '../archive/end-record'
import { SIGNATURE, u16, u32 } from '../archive/fields'
import { openFileSource } from '../archive/file-source.node.ts'
import { findEnd } from '../archive/find-end'
import { partLocations } from '../archive/part-names'
import { UserError } from '../errors'

/** What the end of an archive says, and which file has it. */
export interface Layout {
  /** Number of parts. */
  readonly count: number
  readonly end: EndRecord
  /** Where the end record and what precedes it begin: behind the directory, in the last part. */
  readonly endOffset: number
  /** Bytes of the last part, up to the end of the archive comment. */
  readonly lastBytes: number
}

/** A layout that was found on disk. */
export interface FoundLayout extends Layout {
  /** File that is the last part. */
  readonly path: string
}

/** The end of a file in which its end record is looked for, with bytes behind it that do not belong there. */
const TAIL_BYTES = 1 << 20
const END_BYTES = 22
const MAX_ENDS = 8

/**
 * Looks for the end of an archive on disk: in its `.zip`, else in other files of its folder that begin with the
 * same name. Other parts may be missing, unless the directory lies in them.
 *
 * @returns The layout, or why there is none.
 */
export async function findLayout(location: string): Promise<FoundLayout | UserError> {
  let first: UserError | null = null
  for (const path of await endFiles(location)) {
    const source = await openFileSource(path, newCounters()).catch(keepUserError)
    if (source instanceof UserError) {
      first ??= source
      continue
    }
    try {
      return { ...(await layoutOf(source, location)), path }
    } catch (error) {
      first ??= keepUserError(error)
    } finally {
      await source.close()
    }
  }
  return first ?? new UserError(`${location}: no such file`)
}

/** Files that may be the last part, the `.zip` first. */
async function endFiles(location: string): Promise<string[]> {
  const stem = basename(location).replace(/\.zip$/i, '')
  const others = (await filesBeside(location))
    .filter(({ path }) => basename(path).startsWith(stem) && path !== location)
    .map(({ path }) => path)
  return [location, ...others]
}

/** All files of the archive's folder, at most 1,000, with their sizes. */
export async function filesBeside(
  location: string,
): Promise<{ readonly path: string; readonly bytes: number }[]> {
  const folder = dirname(location)
  const names = await readdir(folder).catch(() => [])
  const files: { path: string; bytes: number }[] = []
  for (const name of names.toSorted().slice(0, 1000)) {
    const path = join(folder, name)
    const status = await stat(path).catch(() => null)
    if (status?.isFile()) files.push({ path, bytes: status.size })
  }
  return files
}

/**
 * The layout of an archive whose last part is a file.
 *
 * @param location Path of the `.zip`, for the names of the other parts.
 * @throws UserError without a usable end.
 */
async function layoutOf(last: ByteSource, location: string): Promise<Layout> {
  let refused: unknown
  for (const size of await possibleSizes(last))
    try {
      return await layoutAt({ ...last, size }, count => localSources(location, count))
    } catch (error) {
      refused ??= error
    }
  throw refused
}

/**
 * Sizes of the last part: as it is, and without bytes behind an end record. As it is comes first only if an end record
 * ends there, for `findEnd` passes over bytes behind it, which do not belong to the part.
 */
async function possibleSizes({ size, read }: ByteSource): Promise<number[]> {
  const from = Math.max(0, size - TAIL_BYTES)
  const tail = await read(from, size - from)
  const ends: number[] = []
  let isExact = false
  for (let at = tail.length - END_BYTES; at >= 0 && ends.length < MAX_ENDS; at--)
    if (tail[at] === 0x50 && u32(tail, at) === SIGNATURE.end) {
      const end = at + END_BYTES + u16(tail, at + 20)
      if (end < tail.length) ends.push(from + end)
      isExact ||= end === tail.length
    }
  return isExact ? [size, ...ends] : [...ends, size]
}

/**
 * @param openOthers Opens all parts but the last.
 * @throws UserError as `findEnd`.
 */
export async function layoutAt(
  last: ByteSource,
  openOthers: (count: number) => Promise<ByteSource[]>,
): Promise<Layout> {
  const { parts, end } = await findEnd(last, { openOthers, recover: async () => null })
  const position = parts.position(end.directory) + end.directoryBytes
  const count = parts.sources.length
  return {
    count,
    end,
    endOffset: position - (parts.starts[count - 1] ?? 0),
    lastBytes: last.size,
  }
}

/** All local parts but the last; empty ones in place of those that are missing. They read once and close. */
async function localSources(location: string, count: number): Promise<ByteSource[]> {
  const paths = partLocations(location, count).slice(0, -1)
  return Promise.all(
    paths.map(async path => {
      const status = await stat(path).catch(() => null)
      return {
        name: path,
        size: status?.isFile() ? status.size : 0,
        isRemote: false,
        async read(offset: number, length: number) {
          const source = await openFileSource(path, newCounters())
          try {
            return await source.read(offset, length)
          } finally {
            await source.close()
          }
        },
        close: async () => {},
      }
    }),
  )
}

function keepUserError(error: unknown): UserError {
  if (error instanceof UserError) return error
  throw error
}
