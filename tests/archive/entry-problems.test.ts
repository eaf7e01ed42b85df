import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ENTRY_PROBLEMS,
  type EntryProblem,
  isPlainName,
  nameProblem,
} from '../../lib/archive/entry-problems'
import { entriesOf } from './collect'
import { made, text } from './temporary-archive'

const NAMES: [string, EntryProblem | null][] = [
  ['SAMed2Dv1/images/ct_00--AMOS2022--amos_0004--z_0075.png', null],
  ['SAMed2Dv1/images/', null],
  ['Prostate MR (2012)/é.png', null],
  ['a..b/c...d.png', null],
  ['console.log/nullable/common.txt', null],
  ['', 'empty-name'],
  ['../a.png', 'parent'],
  ['images/../../a.png', 'parent'],
  ['images/..', 'parent'],
  ['..\\a.png', 'parent'],
  ['images\\a.png', 'backslash'],
  ['/etc/passwd', 'absolute'],
  ['//host/share', 'absolute'],
  ['C:\\a.png', 'drive'],
  ['C:/a.png', 'drive'],
  ['a.png:stream', 'drive'],
  ['a\0.png', 'control'],
  ['a\n.png', 'control'],
  ['a\u2028.png', 'control'],
  ['./a.png', 'dot'],
  ['images/./a.png', 'dot'],
  ['images//a.png', 'dot'],
  ['images//', 'dot'],
  ['a\u202egnp.exe', 'bidi'],
  ['a\u2066.png', 'bidi'],
  ['con.png', 'reserved'],
  ['images/CON', 'reserved'],
  ['nul/a.png', 'reserved'],
  ['Aux .tar.gz', 'reserved'],
  ['lpt1.png', 'reserved'],
  ['com¹.png', 'reserved'],
  ['conin$', 'reserved'],
  ['images./a.png', 'reserved'],
  ['images/a ', 'reserved'],
]

test.each(NAMES)('%j: %s', async (name, problem) => {
  expect(nameProblem(name)).toBe(problem)
  const [entry] = await entriesOf(await made([{ name, data: text('') }]))
  // In an archive, a backslash is a slash; what the name then is decides.
  const read = name.replaceAll('\\', '/')
  expect(entry).toMatchObject({ name: read, problem: nameProblem(read) })
})

test('backslashes do not hide where a name leads', async () => {
  const names = ['..\\a.png', 'a\\..\\..\\b.png', 'C:\\a.png', '\\\\host\\a.png', 'a\\con.png']
  const found = await entriesOf(await made(names.map(name => ({ name, data: text('') }))))
  const problems = ['parent', 'parent', 'drive', 'absolute', 'reserved']
  expect(found.map(({ problem }) => problem)).toEqual(problems)
})

test('what looks plain at a glance has no problem', () => {
  const step = fc.oneof(
    fc.constantFrom('.', '..', 'con', 'NUL', 'com1', 'a ', ' ', 'conin$', 'images', 'a.', '', 'é'),
    fc.string({ unit: fc.constantFrom(...'aA1-_.: \\/$\t~') }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), steps => {
      const name = steps.join('/')
      const bytes = Buffer.from(name)
      if (isPlainName(bytes, 0, bytes.length)) expect(nameProblem(name)).toBeNull()
    }),
    { numRuns: 5000 },
  )
})

test('the names of the release are plain at a glance', () => {
  for (const name of ['SAMed2Dv1/masks/mr_t1--BTCV (x)--a.b--z_0001--0001_000.png', 'images/']) {
    const bytes = text(name)
    expect(isPlainName(bytes, 0, bytes.length)).toBe(true)
  }
})

test.each<[EntryProblem, object]>([
  ['encrypted', { flags: 1 }],
  ['encrypted', { flags: 0x2041 }],
  ['method', { method: 12 }],
  ['special', { mode: 0o120777 }],
  ['special', { mode: 0o010644 }],
  ['sizes', { method: 0, bytes: 2 }],
  ['sizes', { compressedBytes: 0xfffffff0 }],
  ['sizes', { name: 'images/', data: text('not a folder') }],
  ['outside', { bytes: 0xfffffff0, compressedBytes: 0xfffffff0 }],
  ['outside', { place: { part: 0, offset: 1e6 } }],
  ['outside', { place: { part: 3, offset: 0 } }],
  ['not-utf8', { name: Uint8Array.of(0x61, 0xff, 0x2e) }],
])('%s: %o', async (problem, options) => {
  for (const zip64 of [false, true]) {
    const archive = await made(
      [
        { name: 'a.png', data: text('a') },
        { name: 'b.png', data: text('b'), ...options },
      ],
      { zip64 },
    )
    const [first, second] = await entriesOf(archive)
    expect(first?.problem).toBeNull()
    expect(second?.problem).toBe(problem)
    expect(ENTRY_PROBLEMS[problem]).toBeTruthy()
  }
})

test('folders and plain files of other systems are no special files', async () => {
  const modes = [0, 0o040755, 0o100600]
  const entries = modes.map((mode, i) => ({ name: `${i}.png`, data: text('a'), mode }))
  expect((await entriesOf(await made(entries))).map(({ problem }) => problem)).toEqual([
    null,
    null,
    null,
  ])
})

test('entries of one name, or of names that differ in case, are all handed on', async () => {
  const entries = ['a.png', 'A.png', 'a.png'].map(name => ({ name, data: text(name) }))
  const found = await entriesOf(await made(entries))
  expect(found.map(({ name }) => name)).toEqual(['a.png', 'A.png', 'a.png'])
})
