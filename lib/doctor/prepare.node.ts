import { stat } from 'node:fs/promises'
import { partLocations } from '../archive/part-names'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { memoryPatch } from './compare.node.ts'
import { Copy, type PartFile, type Patch } from './copy.node.ts'
import type { FoundLayout, Layout } from './find-layout.node.ts'
import type { OtherCopy } from './other-copy.node.ts'
import { bytesIn, mergeRanges, type Range } from './ranges'
import { type Survey, survey } from './survey.node.ts'

/** Bytes of a damaged directory that are taken from the other copy into memory. */
const MOST_BYTES = 512 << 20

/** The directory of an archive, with the bytes of the other copy where the own ones are damaged. */
export interface ReadDirectory {
  readonly survey: Survey
  /** Bytes of the other copy, by part and offset, because positions change with the sizes of parts. */
  readonly patches: readonly {
    readonly part: number
    readonly offset: number
    readonly bytes: Uint8Array
  }[]
}

/** Where the directory of a layout lies, and the end of the archive behind it. */
export function directoryOf({ parts }: Copy, { end }: Layout): { directory: Range; tail: Range } {
  const start = parts.position(end.directory)
  const directory = { start, end: start + end.directoryBytes }
  return { directory, tail: { start: directory.end, end: parts.size } }
}

/**
 * Reads the directory from the copy. What the copy lacks, and records that cannot be read, are taken from the
 * other copy.
 *
 * @param local The layout of the copy, or null if its end is damaged or missing.
 */
export async function readDirectory(
  location: string,
  layout: Layout,
  local: FoundLayout | null,
  other: OtherCopy | null,
  options: { readonly onBytes: (done: number) => void; readonly signal: AbortSignal },
): Promise<ReadDirectory> {
  const files = await filesByName(location, layout.count, local)
  const copy = await Copy.open(files, sizesOf(files, layout, other))
  try {
    other?.align(copy.parts.sources.map(({ size }) => size))
    const { directory, tail } = directoryOf(copy, layout)
    const read = () =>
      survey(copy.parts, directory, { onProgress: options.onBytes, signal: options.signal })
    if (!other) return { survey: await read(), patches: [] }
    const whole = { start: directory.start, end: tail.end }
    const first = mergeRanges([...copy.absentIn(whole), ...(local ? [] : [tail])])
    const patches = await take(copy, other, first, options.signal)
    copy.cover(patches)
    const isSound = ({ broken, records, isOrdered }: Survey) =>
      broken.length === 0 && records === layout.end.entries && isOrdered
    let found = await read()
    if (found.broken.length > 0) {
      patches.push(...(await take(copy, other, mergeRanges(found.broken), options.signal)))
      copy.cover(patches)
      found = await read()
    }
    if (isSound(found)) return result(copy, patches, found)
    // Records that can be read, but are not those of this archive.
    const all = await take(copy, other, [directory], options.signal)
    patches.push(...all)
    copy.cover(patches)
    return result(copy, patches, await read())
  } finally {
    await copy.close()
  }
}

async function take(
  copy: Copy,
  other: OtherCopy,
  ranges: readonly Range[],
  signal: AbortSignal,
): Promise<MemoryPatch[]> {
  if (bytesIn(ranges) > MOST_BYTES)
    throw new UserError(
      `${copy.files.at(-1)?.home ?? ''}: ${formatCount(bytesIn(ranges))} bytes of the directory are missing or damaged; download this part again`,
    )
  const found: MemoryPatch[] = []
  for (const range of ranges)
    for await (const { start, bytes } of other.read(range, signal))
      found.push({ ...memoryPatch(start, bytes), bytes })
  return found
}

interface MemoryPatch extends Patch {
  readonly bytes: Uint8Array
}

const result = (copy: Copy, patches: readonly MemoryPatch[], found: Survey): ReadDirectory => ({
  survey: found,
  patches: patches.map(({ start, bytes }) => ({ ...copy.parts.place(start), bytes })),
})

/** The files that have the names of the parts. */
async function filesByName(
  location: string,
  count: number,
  local: FoundLayout | null,
): Promise<PartFile[]> {
  return Promise.all(
    partLocations(location, count).map(async (home, part) => {
      const path = part === count - 1 && local ? local.path : home
      const status = await stat(path).catch(() => null)
      return status?.isFile() ? { home, path, bytes: status.size } : { home, path: null, bytes: 0 }
    }),
  )
}

/** Sizes that parts must have as far as they are known now: as in the other copy, else as they are. */
function sizesOf(
  files: readonly PartFile[],
  { count, lastBytes }: Layout,
  other: OtherCopy | null,
): number[] {
  return files.map(({ bytes }, part) =>
    part === count - 1 ? lastBytes : (other?.sizes[part] ?? bytes),
  )
}

/** The layout of a copy that has no usable end, for the message. */
export const noLayout = (location: string, reason: UserError): UserError =>
  new UserError(
    `${reason.message}; without the directory at the end of ${location} nothing else can be checked: give the place of another copy with --from`,
    1,
    { cause: reason },
  )
