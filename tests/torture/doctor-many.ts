/**
 * Many flipped bits at once, with a missing, a cut, a zeroed and two swapped parts: every damaged file must be named
 * and no other, all must be mended, and no more fetched than the damage. Run by hand:
 *
 *   npx tsx tests/torture/doctor-many.ts [flips] [seed]
 */
import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extentsOf } from '../doctor/extents'
import {
  examined,
  type Files,
  filesIn,
  hashes,
  place,
  releaseFiles,
  writtenFiles,
} from '../doctor/small-archive'
import { startRangeServer } from '../fixtures/range-server'

const flips = Number(process.argv[2] ?? 1000)
let state = Number(process.argv[3] ?? 1)
const random = (below: number) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const PART = 3_000_000
const ORIGINAL = writtenFiles(releaseFiles(3000, 20_000), { partBytes: [PART] })
const PARTS = [...ORIGINAL.keys()]
const owners = extentsOf(ORIGINAL)
const dir = await mkdtemp(join(tmpdir(), 'samed2d-many-'))
const problems: string[] = []
try {
  // Bits of data, so that the naive scan knows the file and the doctor can decide without doubt.
  const damaged = new Map([...ORIGINAL].map(([name, bytes]) => [name, Buffer.from(bytes)]))
  const hit = new Set<string | null>()
  for (let left = flips; left > 0; ) {
    const part = PARTS[random(PARTS.length)] ?? ''
    const bytes = damaged.get(part) ?? Buffer.alloc(0)
    const offset = random(bytes.length)
    const { kind, name } = owners.at(part, offset)
    if (kind !== 'data') continue
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << random(8))
    hit.add(name)
    left--
  }
  await check('flips only', damaged, async () => {}, hit)
  await check('all kinds', damaged, otherDamage, null)
} finally {
  await rm(dir, { recursive: true, force: true })
}
console.log(problems.length === 0 ? 'no failures' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1

async function otherDamage(folder: string): Promise<void> {
  const path = (part: number) => join(folder, PARTS[part] ?? '')
  await rm(path(1))
  await truncate(path(2), PART / 3)
  await writeFile(path(3), Buffer.alloc(PART))
  await rename(path(4), join(folder, 'x'))
  await rename(path(5), path(4))
  await rename(join(folder, 'x'), path(5))
}

async function check(
  what: string,
  files: Files,
  damage: (folder: string) => Promise<void>,
  wanted: ReadonlySet<string | null> | null,
): Promise<void> {
  const folder = join(dir, 'copy')
  const zip = await place(folder, files)
  await damage(folder)
  const server = await startRangeServer(
    Object.fromEntries([...ORIGINAL].map(([name, bytes]) => [`/${name}`, bytes])),
  )
  try {
    const found = await examined(zip, { from: `${server.url}/a.zip` })
    const mended = await examined(zip, { from: `${server.url}/a.zip`, repair: true })
    const now = new Map(
      [...(await filesIn(folder))].filter(([name]) => !name.endsWith('.replaced')),
    )
    const say = (problem: string) => problems.push(`FAILED ${what}: ${problem}`)
    if (JSON.stringify(hashes(now)) !== JSON.stringify(hashes(ORIGINAL))) say('not mended')
    if (!mended.ok) say('not ok')
    if (wanted) {
      const missed = [...wanted].filter(name => !found.names.includes(name ?? ''))
      const sound = found.names.filter(name => !wanted.has(name))
      if (missed.length + sound.length > 0)
        say(`missed ${missed.join()}; named the sound ${sound.join()}`)
    }
    const damagedBytes = mended.parts.reduce((sum, part) => sum + part.damagedBytes, 0)
    const ranges = mended.parts.reduce((sum, part) => sum + part.rangeCount, 0)
    const { bytes, comparedBytes, requests } = mended.fetched
    console.log(
      `${what}: ${PARTS.length} parts, ${found.names.length} files named, ${damagedBytes} bytes in ${ranges} ranges; fetched ${bytes} in ${requests} requests, of which ${comparedBytes} compared`,
    )
    if (bytes - comparedBytes > damagedBytes * 1.01 + ranges * 20_000) say('fetched too much')
  } finally {
    await server.close()
  }
}
