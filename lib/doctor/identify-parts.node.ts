import { type FileHandle, open } from 'node:fs/promises'
import { SIGNATURE, u32 } from '../archive/fields'
import { LOCAL_BYTES } from '../archive/local-header'
import { partLocations } from '../archive/part-names'
import type { PartFile } from './copy.node.ts'
import { type FoundLayout, filesBeside } from './find-layout.node.ts'
import type { DirectoryRecord } from './records.node.ts'

/** How a part was found. */
export type PartState =
  | 'home'
  /** The content is in a file of another name. */
  | 'renamed'
  /** No file has the content. */
  | 'missing'
  /** The file has the content of another part, which has it too. */
  | 'duplicate'
  /** The file has nothing of this archive. */
  | 'foreign'
  /** The file has nothing but zeros where entries should begin. */
  | 'zeros'

export interface IdentifiedPart extends PartFile {
  readonly state: PartState
}

/** With fewer samples a part is taken by its name: a few damaged headers say nothing. */
const LEAST_SAMPLES = 4

/** Share of the samples that must be where the directory lists them. */
const MOST = 0.5

/**
 * Finds the file that holds the content of each part, by the local headers of sampled entries. Names decide only
 * where the content does not.
 *
 * @param samples Records of each part.
 * @param last The layout, if it comes from a local file, which is then the last part.
 */
export async function identifyParts(
  location: string,
  count: number,
  samples: ReadonlyMap<number, readonly DirectoryRecord[]>,
  last: FoundLayout | null,
): Promise<IdentifiedPart[]> {
  const homes = partLocations(location, count)
  const files = new Map((await filesBeside(location)).map(({ path, bytes }) => [path, bytes]))
  const found = new Map<number, IdentifiedPart>()
  const taken = new Set<string>()
  const assign = (part: number, path: string | null, state: PartState) => {
    const bytes = path === null ? 0 : (files.get(path) ?? 0)
    found.set(part, { home: homes[part] ?? '', path, bytes, state })
    if (path !== null) taken.add(path)
  }
  if (last) assign(count - 1, last.path, last.path === homes[count - 1] ? 'home' : 'renamed')
  const shares = new Map<number, number>()
  for (const [part, home] of homes.entries()) {
    if (found.has(part) || !files.has(home)) continue
    // Without enough samples, the name decides.
    const share = (await shareOf(home, samples.get(part) ?? [])) ?? 1
    shares.set(part, share)
    if (share >= MOST && !taken.has(home)) assign(part, home, 'home')
  }
  const others = [...files.keys()].filter(path => !taken.has(path))
  for (const [part, home] of homes.entries()) {
    if (found.has(part)) continue
    let best: { path: string; share: number } | null = null
    for (const path of others) {
      if (path === home || taken.has(path)) continue
      const share = (await shareOf(path, samples.get(part) ?? [])) ?? 0
      if (share >= MOST && share > (best?.share ?? 0)) best = { path, share }
    }
    if (best) assign(part, best.path, 'renamed')
  }
  for (const [part, home] of homes.entries()) {
    if (found.has(part)) continue
    if ((files.get(home) ?? 0) === 0 || taken.has(home)) assign(part, null, 'missing')
    else assign(part, home, await strangeness(home, shares.get(part) ?? 1, samples, found))
  }
  return homes.map((_, part) => found.get(part)).filter(part => part !== undefined)
}

/** What a file is whose samples are mostly not where they should be. */
async function strangeness(
  path: string,
  share: number,
  samples: ReadonlyMap<number, readonly DirectoryRecord[]>,
  found: ReadonlyMap<number, IdentifiedPart>,
): Promise<PartState> {
  if (share > 0) return 'home'
  for (const part of found.keys())
    if (((await shareOf(path, samples.get(part) ?? [])) ?? 0) >= MOST) return 'duplicate'
  return (await isZero(path)) ? 'zeros' : 'foreign'
}

/**
 * Share of records whose local header lies in a file where the directory lists it, of those that would lie in
 * a file of its size; null if these are too few to tell.
 */
async function shareOf(path: string, records: readonly DirectoryRecord[]): Promise<number | null> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return 0
  try {
    const { size } = await file.stat()
    const near = records.filter(({ entry }) => entry.offset + LOCAL_BYTES <= size)
    if (near.length < LEAST_SAMPLES) return null
    let there = 0
    for (const record of near) if (await hasHeader(file, record)) there++
    return there / near.length
  } finally {
    await file.close()
  }
}

async function hasHeader(file: FileHandle, { entry, name }: DirectoryRecord): Promise<boolean> {
  const bytes = Buffer.alloc(LOCAL_BYTES + name.length)
  if (!Number.isSafeInteger(entry.offset)) return false
  const { bytesRead } = await file.read(bytes, 0, bytes.length, entry.offset)
  // A header that continues in the next part has at least its signature here.
  if (bytesRead < 4 || u32(bytes, 0) !== SIGNATURE.local) return false
  return name.every((byte, i) => LOCAL_BYTES + i >= bytesRead || byte === bytes[LOCAL_BYTES + i])
}

/** Whether sampled blocks of a file are all zeros. */
async function isZero(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const block = Buffer.alloc(4096)
    for (let i = 0; i < 64; i++) {
      const { bytesRead } = await file.read(block, 0, block.length, Math.floor((size / 64) * i))
      if (block.subarray(0, bytesRead).some(byte => byte !== 0)) return false
    }
    return true
  } finally {
    await file.close()
  }
}
