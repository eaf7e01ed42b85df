import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { journalOf } from '../../lib/doctor/examine-copy.node.ts'
import { isJournalWaiting, type JournalStep } from '../../lib/doctor/journal.node.ts'
import {
  examined,
  filesIn,
  flipped,
  hashes,
  place,
  releaseFiles,
  writtenFiles,
} from './small-archive'

const ORIGINAL = writtenFiles(releaseFiles(60, 20_000), { partBytes: [70_000] })
const DAMAGED = ['a.z01', 'a.z03', 'a.z03', 'a.zip'].reduce(
  (files, part, i) => flipped(files, part, 8 * (6_000 + 15_000 * (i % 3))),
  ORIGINAL,
)

let dir = ''
let other = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-doctor-'))
  other = await place(join(dir, 'other'), ORIGINAL)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

test.each<[JournalStep, boolean]>([
  ['begun', false],
  ['written', false],
  ['committed', true],
  ['applied', true],
  ['removed', false],
])(
  'stopped after the journal is %s: nothing is worse, and the next run mends all',
  async (step, waits) => {
    const zip = await place(join(dir, step), DAMAGED)
    const stopped = examined(zip, {
      from: other,
      repair: true,
      onStep: now => {
        if (now === step) throw new Error('stopped')
      },
    })
    await expect(stopped).rejects.toThrow('stopped')
    const between = await filesIn(join(dir, step))
    for (const [name, original] of ORIGINAL) {
      const damaged = DAMAGED.get(name) ?? original
      const now = between.get(name) ?? Buffer.alloc(0)
      expect(now.length).toBe(original.length)
      const worse = now.findIndex((byte, i) => byte !== damaged[i] && byte !== original[i])
      expect(worse).toBe(-1)
    }
    expect(await isJournalWaiting(journalOf(zip))).toBe(waits)
    const looked = await examined(zip)
    expect(looked.notes.join()).toBe(
      waits ? 'a repair was interrupted; run the command with --repair to finish it' : '',
    )
    const mended = await examined(zip, { from: other, repair: true })
    expect(mended.ok).toBe(true)
    expect(hashes(await filesIn(join(dir, step)))).toEqual(hashes(ORIGINAL))
  },
)

test('a journal is not applied to a file that was replaced since', async () => {
  const zip = await place(join(dir, 'replaced'), DAMAGED)
  const stopped = examined(zip, {
    from: other,
    repair: true,
    onStep: now => {
      if (now === 'committed') throw new Error('stopped')
    },
  })
  await expect(stopped).rejects.toThrow('stopped')
  const foreign = await place(
    join(dir, 'foreign'),
    writtenFiles(releaseFiles(60, 19_000), { partBytes: [70_000] }),
  )
  for (const name of ['a.z01', 'a.z02', 'a.z03', 'a.z04', 'a.z05', 'a.zip'])
    await rename(join(foreign, '..', name), join(zip, '..', name))
  const wanted = hashes(await filesIn(join(dir, 'replaced')))
  const found = await examined(zip, { repair: true })
  const now = hashes(await filesIn(join(dir, 'replaced')))
  expect(found.ok).toBe(true)
  for (const name of ['a.z01', 'a.z02', 'a.z03', 'a.z04', 'a.z05', 'a.zip'])
    expect(now[name]).toBe(wanted[name])
})

test('swapped parts whose renaming was stopped are found under their temporary names', async () => {
  const zip = await place(join(dir, 'moved'), ORIGINAL)
  await rename(join(dir, 'moved/a.z02'), join(dir, 'moved/a.z02.moved'))
  await rename(join(dir, 'moved/a.z04'), join(dir, 'moved/a.z04.moved'))
  const mended = await examined(zip, { repair: true })
  expect(mended.ok).toBe(true)
  const now = hashes(await filesIn(join(dir, 'moved')))
  expect(now).toEqual(hashes(ORIGINAL))
})
