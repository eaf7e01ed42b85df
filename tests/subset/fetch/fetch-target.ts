import { execFileSync } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { expect } from 'vitest'
import { temporaryFolder } from '../../archive/temporary-archive'
import type { ScriptedRequest } from '../../fixtures/range-server'
import type { FetchRelease } from './fetch-release'

export const LAYOUTS = ['folder', 'tar', 'zip'] as const
export type Layout = (typeof LAYOUTS)[number]

/** What `--out` is within a folder. */
export const outOf = (layout: Layout, dir: string): string =>
  join(dir, { folder: 'SAMed2Dv1', tar: 'shards', zip: 'subset.zip' }[layout])

/** Options that ask for a layout; shards of a few images. */
export const layoutOptions = (layout: Layout): string[] => [
  '--layout',
  layout,
  ...(layout === 'tar' ? ['--shard-bytes', '100k'] : []),
]

/** Place and options of a fetch of one layout. */
export async function target(layout: Layout, { manifest }: FetchRelease) {
  const dir = await temporaryFolder()
  const out = outOf(layout, dir)
  return {
    dir,
    out,
    args: ['--manifest', manifest, '--out', out, ...layoutOptions(layout), '--json'],
  }
}

/** Final files that hold pictures. */
export async function finalFiles(layout: Layout, out: string): Promise<string[]> {
  if (layout === 'zip') return (await stat(out).catch(() => null)) ? [out] : []
  const folders = layout === 'tar' ? [out] : [join(out, 'images'), join(out, 'masks')]
  const found: string[] = []
  for (const folder of folders)
    for (const name of await readdir(folder).catch(() => []))
      if (name.endsWith(layout === 'tar' ? '.tar' : '.png')) found.push(join(folder, name))
  return found.sort()
}

/**
 * What the final files of a layout hold, by path within the release: read by other programs than ours.
 * Every picture must be right.
 */
export async function contents(
  layout: Layout,
  out: string,
  { contentOf }: FetchRelease,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const readers = { folder: plain, tar: untarred, zip: unzipped }
  for (const path of await finalFiles(layout, out))
    for (const [name, data] of await readers[layout](path, out)) {
      expect(found.has(name), name).toBe(false)
      found.set(name, data)
    }
  for (const [path, data] of found)
    if (path.endsWith('.png')) expect(data.equals(contentOf(path)), path).toBe(true)
  return found
}

const plain = async (path: string, out: string): Promise<[string, Buffer][]> => [
  [path.slice(out.length + 1), await readFile(path)],
]

async function unzipped(path: string): Promise<[string, Buffer][]> {
  const reader = new ZipReader(new BlobReader(new Blob([await readFile(path)])))
  const found: [string, Buffer][] = []
  for (const entry of await reader.getEntries()) {
    if (entry.directory) throw new Error(`${entry.filename} is a folder`)
    const data = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })
    expect(entry.filename).toMatch(/^SAMed2Dv1\//)
    found.push([entry.filename.slice('SAMed2Dv1/'.length), Buffer.from(data)])
  }
  return found
}

/** By `tar`; each sample's JSON says what its fields are. */
async function untarred(path: string): Promise<[string, Buffer][]> {
  const dir = await temporaryFolder()
  execFileSync('tar', ['-xf', path, '-C', dir])
  const names = execFileSync('tar', ['-tf', path, '--quoting-style=literal'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  })
  const keys = names
    .split('\n')
    .filter(Boolean)
    .map(name => name.slice(0, name.indexOf('.')))
  // All of a sample in a row, as WebDataset reads them.
  expect(keys.filter((key, i) => key !== keys[i - 1])).toHaveLength(new Set(keys).size)
  const found: [string, Buffer][] = []
  for (const key of new Set(keys)) {
    const { image, masks } = JSON.parse(await readFile(join(dir, `${key}.json`), 'utf8'))
    found.push([image, await readFile(join(dir, `${key}.png`))])
    for (const { field, path } of masks)
      found.push([path, await readFile(join(dir, `${key}.${field}`))])
  }
  expect(await readdir(dir)).toHaveLength(found.length + new Set(keys).size)
  return found
}

export const picturesIn = (found: ReadonlyMap<string, Buffer>): string[] =>
  [...found.keys()].filter(path => path.endsWith('.png')).sort()

export const sorted = (paths: readonly string[]): string[] => [...paths].sort()

/** A server's script that cuts answers at random places, up to a number of times, twice each at most. */
export function cutAtRandom(most: number) {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const cutsAt = new Map<string, number>()
  const self = {
    cuts: 0,
    script({ path, start, end }: ScriptedRequest) {
      const place = `${path} ${end}`
      const before = cutsAt.get(place) ?? 0
      if (self.cuts === most || before === 2 || random() < 0.1) return undefined
      self.cuts++
      cutsAt.set(place, before + 1)
      return { bytes: Math.floor(random() * (end - start + 1)), ends: 'cut' as const }
    },
  }
  return self
}

/** A byte in the data of some picture of the second part. */
const FLIPPED = 40_000

/** A server's script that sends that byte wrong, so many times. */
export function flipByte(times: number) {
  const self = {
    left: times,
    script({ path, start, end }: ScriptedRequest) {
      if (path !== '/a.z02' || self.left <= 0 || start > FLIPPED || end < FLIPPED) return undefined
      self.left--
      return { flip: FLIPPED }
    },
  }
  return self
}
