import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Archive } from '../../lib/archive/archive'
import { type OpenOptions, openArchive } from '../../lib/archive/open-archive.node.ts'
import { makeZip, writeParts, type ZipEntry, type ZipOptions } from '../fixtures/zip-writer'

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-archive-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** Opens an archive and closes it after the test. */
export async function opened(location: string, options?: OpenOptions): Promise<Archive> {
  const archive = await openArchive(location, options)
  onTestFinished(() => archive.close())
  return archive
}

/** Writes an archive for the length of a test: the path of its `.zip`. */
export async function written(entries: readonly ZipEntry[], options?: ZipOptions): Promise<string> {
  return writeParts(await temporaryFolder(), 'a', makeZip(entries, options))
}

/** Writes and opens an archive. */
export const made = async (entries: readonly ZipEntry[], options?: ZipOptions): Promise<Archive> =>
  opened(await written(entries, options))

export const text = (value: string): Buffer => Buffer.from(value)
