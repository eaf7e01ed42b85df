import { truncate } from 'node:fs/promises'
import { fileName } from '../archive/archive'
import { memoryPatch } from './compare.node.ts'
import { Copy } from './copy.node.ts'
import type { DoctorOptions } from './diagnosis'
import { fetchPart, incompleteOf } from './fetch-part.node.ts'
import type { FoundLayout, Layout } from './find-layout.node.ts'
import { type IdentifiedPart, identifyParts } from './identify-parts.node.ts'
import { learnHabits } from './learn-habits.node.ts'
import { moveFiles } from './move-files.node.ts'
import type { OtherCopy } from './other-copy.node.ts'
import { provedSizes } from './part-sizes.node.ts'
import type { ReadDirectory } from './prepare.node.ts'
import { type Range, within } from './ranges'

/** Which file is which part, after what could be mended by names and whole downloads. */
export interface Settled {
  readonly files: readonly IdentifiedPart[]
  /** The parts as they were found. */
  readonly before: readonly IdentifiedPart[]
  /** Parts that were fetched whole; they get their names when they are checked. */
  readonly fetched: ReadonlySet<number>
  readonly renamed: readonly string[]
}

/** A part whose file has nothing of it is as if it were missing; the file is kept until it is replaced. */
const withoutForeign = (file: IdentifiedPart): IdentifiedPart =>
  NOT_THERE.includes(file.state) ? { ...file, path: null } : file

const NOT_THERE = ['missing', 'foreign', 'zeros', 'duplicate']

/** Finds the file of each part. A repair renames files, and fetches parts that no file has. */
export async function settleParts(
  location: string,
  layout: Layout,
  local: FoundLayout | null,
  { survey: { samples } }: ReadDirectory,
  other: OtherCopy | null,
  options: DoctorOptions,
): Promise<Settled> {
  const before = (await identifyParts(location, layout.count, samples, local)).map(withoutForeign)
  if (!options.repair) return { files: before, before, fetched: new Set(), renamed: [] }
  const moved = before.filter(
    ({ home, path, state }) => state === 'renamed' && path !== incompleteOf(home),
  )
  const replaced = await moveFiles(moved.map(({ home, path }) => ({ from: path ?? '', to: home })))
  for (const path of replaced)
    options.onNote(`${path}: was in the place of another part; it is kept under this name`)
  const fetched = new Set<number>()
  const files: IdentifiedPart[] = []
  for (const [part, file] of before.entries()) {
    const isBegun = file.path === incompleteOf(file.home)
    if (other && (isBegun || NOT_THERE.includes(file.state)) && !other.missing.has(part)) {
      await fetchWhole(other, part, file.home, options)
      fetched.add(part)
      files.push({ ...file, path: incompleteOf(file.home), bytes: other.parts.source(part).size })
    } else files.push(moved.includes(file) ? { ...file, path: file.home } : file)
  }
  return { files, before, fetched, renamed: moved.map(({ home }) => fileName(home)) }
}

/** The copy with the sizes that its parts must have, and the directory of the other copy over damaged bytes. */
export async function openSettled(
  files: readonly IdentifiedPart[],
  layout: Layout,
  { survey: found, patches }: ReadDirectory,
  other: OtherCopy | null,
  local: FoundLayout | null,
): Promise<Copy> {
  const plain = await Copy.open(
    files,
    files.map(({ path, bytes }) => (path === null ? 0 : bytes)),
  )
  let sizes: number[]
  try {
    const { extraBytes } = await learnHabits(plain, found.samples.values())
    const proved = await provedSizes(plain, layout, found, extraBytes)
    sizes = proved.map((size, part) => other?.sizes[part] ?? size)
  } finally {
    await plain.close()
  }
  // Bytes behind the end record belong to no archive; without one, the other copy has the size.
  sizes[layout.count - 1] = local ? local.lastBytes : layout.lastBytes
  other?.align(sizes)
  const copy = await Copy.open(files, sizes)
  copy.cover(
    patches.map(({ part, offset, bytes }) =>
      memoryPatch(copy.parts.position({ part, offset }), bytes),
    ),
  )
  return copy
}

/** Fetches a part whole, to a temporary name. */
export const fetchWhole = (other: OtherCopy, part: number, home: string, options: DoctorOptions) =>
  fetchPart(other, part, home, {
    onBytes: done => options.onProgress('part', done, other.parts.source(part).size),
    signal: options.signal,
  })

/** Gives parts that were fetched whole their names, and cuts parts that are too long, if nothing is wrong in them. */
export async function finishParts(
  copy: Copy,
  settled: Settled,
  left: readonly Range[],
): Promise<string[]> {
  const { starts } = copy.parts
  const isSound = (part: number) =>
    within(left, { start: starts[part] ?? 0, end: starts[part + 1] ?? 0 }).length === 0
  const truncated: string[] = []
  for (const [part, { home, path, bytes }] of settled.files.entries()) {
    const size = copy.parts.source(part).size
    if (path === null || bytes <= size || !isSound(part)) continue
    await truncate(path, size)
    truncated.push(fileName(home))
  }
  const moves = [...settled.fetched]
    .filter(isSound)
    .map(part => settled.files[part]?.home ?? '')
    .map(home => ({ from: incompleteOf(home), to: home }))
  await moveFiles(moves)
  return truncated
}
