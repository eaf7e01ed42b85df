/**
 * Kills repairs at random moments: no byte may become worse, and a last run must mend everything. Run by hand:
 *
 *   npx tsx tests/torture/doctor-kills.ts [kills] [seed]
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  examined,
  type Files,
  filesIn,
  flipped,
  hashes,
  place,
  releaseFiles,
  writtenFiles,
} from '../doctor/small-archive'

const kills = Number(process.argv[2] ?? 100)
let state = Number(process.argv[3] ?? 1)
const random = (below: number) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const ORIGINAL = writtenFiles(releaseFiles(300, 60_000), { partBytes: [1_000_000] })
const PARTS = [...ORIGINAL.keys()]
const wanted = JSON.stringify(hashes(ORIGINAL))
const dir = await mkdtemp(join(tmpdir(), 'samed2d-kills-'))
const other = await place(join(dir, 'other'), ORIGINAL)
let [failures, done, runs] = [0, 0, 0]
try {
  while (done < kills) {
    const before = await damagedCopy(join(dir, 'copy'))
    const zip = join(dir, 'copy/a.zip')
    runs++
    for (let isEnded = false; !isEnded && done < kills; ) {
      isEnded = await repairAndKill(zip)
      if (!isEnded) done++
      check(before, await filesIn(join(dir, 'copy')))
    }
    const mended = await examined(zip, { from: other, repair: true })
    const now = new Map(
      [...(await filesIn(join(dir, 'copy')))].filter(([name]) => !name.endsWith('.replaced')),
    )
    if (!mended.ok || JSON.stringify(hashes(now)) !== wanted) {
      failures++
      console.log(`FAILED run ${runs}: not mended; files ${[...now.keys()].join()}`)
    }
  }
} finally {
  await rm(dir, { recursive: true, force: true })
}
console.log(`${done} kills in ${runs} repairs, ${failures} failures`)
process.exitCode = failures === 0 ? 0 : 1

/** Bits flipped all over, a short part, and, by turns, a missing, swapped, or zeroed part. */
async function damagedCopy(folder: string): Promise<Files> {
  let files: Files = ORIGINAL
  for (let i = 0; i < 60; i++) {
    const part = PARTS[random(PARTS.length)] ?? ''
    files = flipped(files, part, random(8 * (ORIGINAL.get(part)?.length ?? 1)))
  }
  await place(folder, files)
  await truncate(join(folder, 'a.z03'), random(1_000_000))
  const kind = random(3)
  if (kind === 0) await rm(join(folder, 'a.z05'))
  if (kind === 1) await writeFile(join(folder, 'a.z05'), Buffer.alloc(1_000_000))
  if (kind === 2) {
    await rename(join(folder, 'a.z01'), join(folder, 'x'))
    await rename(join(folder, 'a.z04'), join(folder, 'a.z01'))
    await rename(join(folder, 'x'), join(folder, 'a.z04'))
  }
  return files
}

/** Whether the repair ended by itself, before its process was killed at a random step of a stage. */
function repairAndKill(zip: string): Promise<boolean> {
  const stage = ['part', 'check', 'repair', 'step', 'step', 'step'][random(6)] ?? 'step'
  return new Promise(resolve => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'tests/torture/doctor-child.ts', zip, other, stage, String(random(12))],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    child.on('exit', (_, signal) => resolve(signal === null))
  })
}

/** Every part, under whatever name, has only bytes of the damaged or of the sound archive. */
function check(before: Files, now: Files): void {
  for (const [name, original] of ORIGINAL) {
    const file = now.get(name)
    const damaged = before.get(name) ?? original
    // A swapped part has another part's bytes until it is renamed.
    if (!file || file.length === 0 || name === 'a.z01' || name === 'a.z04' || name === 'a.z05')
      continue
    const worse = file.findIndex((byte, i) => byte !== damaged[i] && byte !== original[i])
    if (worse < 0) continue
    failures++
    console.log(`FAILED run ${runs}: ${name} is worse at ${worse}`)
  }
}
