import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Diagnosis, DoctorOptions } from '../../lib/doctor/diagnosis'
import { doctor } from '../../lib/doctor/doctor.node.ts'
import type { LocatedDamage } from '../../lib/doctor/report'
import { noise } from '../fixtures/noise'
import { makeZip, type ZipEntry, type ZipOptions } from '../fixtures/zip-writer'

/** The bytes of each part of an archive, by name; the `.zip` is last. */
export type Files = ReadonlyMap<string, Buffer>

export const hasInfoZip = spawnSync('zip', ['-v']).error === undefined

/** Images that do not shrink, and masks that do, as in a release. */
export const releaseFiles = (count: number, imageBytes: number): { name: string; data: Buffer }[] =>
  Array.from({ length: count }, (_, i) => {
    const kind = i % 3 === 0 ? 'images' : 'masks'
    const data = i % 3 === 0 ? noise(imageBytes + i * 7, i) : maskLike(400 + ((i * 37) % 900), i)
    return { name: `SAMed2Dv1/${kind}/ct_00--set--case_${i}.png`, data }
  })

/** Bytes that shrink by half. */
function maskLike(length: number, seed: number): Buffer {
  const bytes = noise(length, seed)
  for (let i = 0; i < length; i++) if (i % 3 > 0) bytes[i] = 0
  return bytes
}

/** An archive by the fixtures' own writer. */
export const writtenFiles = (entries: readonly ZipEntry[], options: ZipOptions): Files => {
  const parts = makeZip(entries, options)
  return new Map(parts.map((bytes, i) => [nameOf(i, parts.length), bytes]))
}

const nameOf = (part: number, count: number) =>
  part === count - 1 ? 'a.zip' : `a.z${String(part + 1).padStart(2, '0')}`

/** An archive by Info-ZIP, with times and owners in its headers. */
export async function infoZipFiles(
  files: readonly { readonly name: string; readonly data: Buffer }[],
  options: readonly string[],
): Promise<Files> {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-info-zip-'))
  try {
    for (const { name, data } of files) {
      await mkdir(join(dir, name, '..'), { recursive: true })
      await writeFile(join(dir, name), data)
    }
    execFileSync('zip', ['-q', '-r', ...options, 'a.zip', 'SAMed2Dv1'], { cwd: dir })
    const names = (await readdir(dir)).filter(name => name.startsWith('a.z')).toSorted()
    return new Map(
      await Promise.all(names.map(async name => [name, await readFile(join(dir, name))] as const)),
    )
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Writes parts into a folder, which then has no other files; the path of the `.zip`. */
export async function place(dir: string, files: Files): Promise<string> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  for (const [name, bytes] of files) await writeFile(join(dir, name), bytes)
  return join(dir, 'a.zip')
}

/** The files of a folder. */
export async function filesIn(dir: string): Promise<Files> {
  const names = (await readdir(dir)).toSorted()
  return new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(dir, name))] as const)),
  )
}

/** SHA-256 of each file, and all names. */
export const hashes = (files: Files): Record<string, string> =>
  Object.fromEntries(
    [...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )

export interface Examined extends Diagnosis {
  readonly damage: readonly LocatedDamage[]
  readonly notes: readonly string[]
  /** Names of damaged entries, without repetitions. */
  readonly names: readonly string[]
  /** Names of parts with damage. */
  readonly damagedParts: readonly string[]
}

export async function examined(
  location: string,
  options: Partial<DoctorOptions> = {},
): Promise<Examined> {
  const damage: LocatedDamage[] = []
  const notes: string[] = []
  const diagnosis = await doctor(location, {
    signal: new AbortController().signal,
    onProgress: () => {},
    onDamage: each => damage.push(each),
    onNote: text => notes.push(text),
    ...options,
  })
  return {
    ...diagnosis,
    damage,
    notes,
    names: [...new Set(damage.flatMap(({ name }) => (name === null ? [] : [name])))],
    damagedParts: diagnosis.parts
      .filter(
        ({ state, damagedBytes, bytes, expectedBytes }) =>
          state !== 'home' || damagedBytes > 0 || bytes !== expectedBytes,
      )
      .map(({ name }) => name),
  }
}

/** A copy of files with one bit flipped. */
export function flipped(files: Files, part: string, bit: number): Files {
  const copy = new Map(files)
  const bytes = Buffer.from(files.get(part) ?? Buffer.alloc(0))
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  copy.set(part, bytes)
  return copy
}
