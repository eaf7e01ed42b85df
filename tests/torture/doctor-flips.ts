/**
 * Flips single bits of generated archives, each alone: the doctor must find each one, name the part and the
 * file and no other, and mend it, so that all parts are as before. Run by hand:
 *
 *   npx tsx tests/torture/doctor-flips.ts [flips] [seed]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extentsOf } from '../doctor/extents'
import {
  examined,
  type Files,
  filesIn,
  flipped,
  hashes,
  hasInfoZip,
  infoZipFiles,
  place,
  releaseFiles,
  writtenFiles,
} from '../doctor/small-archive'
import { startRangeServer } from '../fixtures/range-server'

const flips = Number(process.argv[2] ?? 1000)
const seed = Number(process.argv[3] ?? 1)
const only = process.argv[4]

let state = seed
const random = (below: number) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const files = releaseFiles(60, 20_000)
const archives: Record<string, Files> = {
  'split, written here': writtenFiles(files, { partBytes: [70_000] }),
  'split, Zip64': writtenFiles(files, { partBytes: [70_000], zip64: true }),
  'split, descriptors': writtenFiles(
    files.map(file => ({ ...file, descriptor: true })),
    { partBytes: [70_000] },
  ),
  'single, with a comment': writtenFiles(files, { comment: Buffer.from('a comment') }),
  ...(hasInfoZip && {
    'split, Info-ZIP': await infoZipFiles(files, ['-s', '64k']),
    'single, Info-ZIP': await infoZipFiles(files, []),
  }),
}

const dir = await mkdtemp(join(tmpdir(), 'samed2d-flips-'))
let failures = 0
try {
  for (const [what, original] of Object.entries(archives)) {
    if (only && only !== what) continue
    const server = await startRangeServer(
      Object.fromEntries([...original].map(([name, bytes]) => [`/${name}`, bytes])),
    )
    const wanted = JSON.stringify(hashes(original))
    const total = [...original.values()].reduce((sum, { length }) => sum + length, 0)
    const extents = extentsOf(original)
    const seen = { found: 0, unseen: 0, unseenWhere: new Map<string, number>(), most: 0, bytes: 0 }
    for (let i = 0; i < flips; i++) {
      const position = random(total)
      const bit = random(8)
      const { part, offset } = placeOf(original, position)
      const where = extents.at(part, offset)
      const say = (problem: string) => {
        failures++
        console.log(
          `FAILED ${what}: bit ${bit} of ${part} at ${offset} (${where.kind} of ${where.name}): ${problem}`,
        )
      }
      try {
        const zip = await place(join(dir, 'copy'), flipped(original, part, offset * 8 + bit))
        const alone = await examined(zip).catch((error: Error) => error)
        if (alone instanceof Error) {
          if (!/--from/.test(alone.message) || !/end|tail/.test(where.kind))
            say(`alone: ${alone.message}`)
          seen.found++
        } else if (alone.ok) {
          seen.unseen++
          seen.unseenWhere.set(where.kind, (seen.unseenWhere.get(where.kind) ?? 0) + 1)
        } else {
          seen.found++
          if (!alone.damagedParts.includes(part)) say(`alone: names ${alone.damagedParts.join()}`)
          const others = alone.damage.filter(
            each => each.name !== null && ![each.name, each.localName].includes(where.name),
          )
          if (others.length > 0) say(`alone: names the sound ${JSON.stringify(others)}`)
          if (where.name !== null && where.kind !== 'record' && alone.names.length === 0)
            say('alone: names no file')
        }
        const mended = await examined(zip, { from: `${server.url}/a.zip`, repair: true })
        const now = JSON.stringify(hashes(await filesIn(join(dir, 'copy'))))
        if (now !== wanted)
          say(`not mended: ${JSON.stringify(mended.damage)} ${JSON.stringify(mended.mended)}`)
        else if (!mended.ok) say('mended, but not ok')
        if (mended.damagedParts.join() !== part) say(`names ${mended.damagedParts.join()}`)
        const others = mended.names.filter(name => name !== where.name)
        if (others.length > 0) say(`names the sound ${others.join()}`)
        seen.most = Math.max(seen.most, mended.fetched.bytes)
        seen.bytes += mended.fetched.bytes
      } catch (error) {
        say((error as Error).stack ?? String(error))
      }
    }
    await server.close()
    console.log(
      `${what}: ${original.size} parts, ${total} bytes; ${flips} flips: ${seen.found} seen without another copy, ${seen.unseen} not (${[...seen.unseenWhere].map(([kind, n]) => `${n} ${kind}`).join(', ')}); fetched ${Math.round(seen.bytes / flips)} bytes on average, ${seen.most} at most`,
    )
  }
} finally {
  await rm(dir, { recursive: true, force: true })
}
console.log(failures === 0 ? 'no failures' : `${failures} FAILURES`)
process.exitCode = failures === 0 ? 0 : 1

function placeOf(original: Files, position: number): { part: string; offset: number } {
  let start = 0
  for (const [part, bytes] of original) {
    if (position < start + bytes.length) return { part, offset: position - start }
    start += bytes.length
  }
  throw new RangeError(String(position))
}
