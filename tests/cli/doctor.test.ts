import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { flipped, place, releaseFiles, writtenFiles } from '../doctor/small-archive'
import { fakeEffects } from './fake-effects'

const ORIGINAL = writtenFiles(releaseFiles(30, 5_000), { partBytes: [20_000] })
const DAMAGED = flipped(ORIGINAL, 'a.z02', 8 * 12_000)

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-doctor-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(['doctor', ...args], effects)
  return { code, output: effects.output(), log: effects.lines.join('\n') }
}

test('a sound archive ends with 0', async () => {
  const zip = await place(join(dir, 'sound'), ORIGINAL)
  const { code, output } = await run(zip)
  expect(code).toBe(0)
  expect(output).toMatch(/^a\.z01: ok\na\.z02: ok\n/)
  expect(output).toMatch(/4 parts, 30 files; damaged: 0 images, 0 masks, 0 other files\n$/)
})

test('damage ends with 1, names part, range and file, and says how to mend it; --repair then ends with 0', async () => {
  const zip = await place(join(dir, 'damaged'), DAMAGED)
  const other = await place(join(dir, 'other'), ORIGINAL)
  const list = join(dir, 'list.tsv')
  const found = await run(zip, '--list', list)
  expect(found.code).toBe(1)
  expect(found.output).toMatch(/^a\.z02: [\d,]+ bytes damaged in 1 range$/m)
  const name = /^ {2}(SAMed2Dv1\/\S+): damaged: the CRC-32 does not fit, a\.z02, /m.exec(
    found.output,
  )
  expect(name).not.toBeNull()
  expect(found.log).toMatch(/damaged, in .*; mend it: .*doctor \S+ --from URL --repair$/)
  const lines = (await readFile(list, 'utf8')).trimEnd().split('\n')
  expect(lines[0]).toBe('file\tdamage\tpart\toffset\tbytes')
  expect(lines[1]).toMatch(new RegExp(`^${name?.[1]}\tdamaged: the CRC-32 does not fit\ta\\.z02\t`))
  expect(lines).toHaveLength(2)
  const mended = await run(zip, '--from', other, '--repair')
  expect(mended.code).toBe(0)
  expect(mended.output).toMatch(/^Mended: .* in 1 range; left: 0 B$/m)
  expect((await run(zip)).code).toBe(0)
})

test('--json prints one object with its version', async () => {
  const zip = await place(join(dir, 'json'), DAMAGED)
  const { code, output } = await run(zip, '--json')
  expect(code).toBe(1)
  const result = JSON.parse(output)
  expect(Object.keys(result)[0]).toBe('version')
  expect(result).toMatchObject({ version: 1, archive: zip, ok: false, entries: 30, damageCount: 1 })
  expect(result.damage).toHaveLength(1)
  expect(result.parts.map(({ name }: { name: string }) => name)).toEqual([...ORIGINAL.keys()])
})

test('a damaged end of the archive says to give another copy', async () => {
  const zip = await place(join(dir, 'end'), ORIGINAL)
  await place(join(dir, 'end'), new Map([...ORIGINAL, ['a.zip', Buffer.alloc(500, 1)]]))
  const { code, log } = await run(zip)
  expect(code).toBe(1)
  expect(log).toMatch(
    /a\.zip: not a ZIP archive, or its end is missing; .*: give the place of another copy with --from$/,
  )
  expect(log).not.toMatch(/\n\s+at /)
})

test('a URL, and an archive that is not there, are refused', async () => {
  expect(await run('https://example.org/a.zip')).toMatchObject({ code: 2 })
  const missing = await run(join(dir, 'nothing/a.zip'))
  expect(missing.code).toBe(1)
  expect(missing.log).toMatch(/nothing\/a\.zip: no such file/)
})

test('an error of the disk is one line, and says to run the command again', async () => {
  const zip = await place(join(dir, 'disk'), DAMAGED)
  await mkdir(`${zip}.doctor-lock`)
  const { code, log } = await run(zip, '--repair', '--from', zip)
  expect(code).toBe(1)
  expect(log).toMatch(
    /a\.zip: the disk reports an error \(EISDIR.*\); check the disk and its permissions, and run the command again, which continues$/,
  )
})

test('--repair without --from says what it cannot do, and a missing folder is named', async () => {
  const missing = await run(join(dir, 'nothing/a.zip'), '--repair')
  expect(missing.code).toBe(1)
  expect(missing.log).toMatch(/^Without --from, only names and lengths of parts can be mended/)
  expect(missing.log).toMatch(/nothing\/a\.zip: no such file/)
})
