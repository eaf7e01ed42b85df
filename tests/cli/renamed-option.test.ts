import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { fakeEffects } from './fake-effects'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-renamed-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(args, effects)
  return { code, out: effects.output(), lines: effects.lines }
}

const SUBSET = ['subset', '--manifest', 'manifests/test', '--where', 'modality=PET']
const SPLIT = ['--split', '0.5,0.25,0.25', '--format', 'files']

test('subset --side writes what --only writes, after a notice of one line', async () => {
  const texts: string[] = []
  for (const option of ['--only', '--side']) {
    const out = join(root, option)
    const { code, lines } = await run(...SUBSET, ...SPLIT, option, 'val', '--out', out)
    expect(code).toBe(0)
    expect(lines.filter(line => line.includes('--side'))).toEqual(
      option === '--side' ? ['samed2d: --side is now called --only; the old name still works'] : [],
    )
    texts.push(await readFile(out, 'utf8'))
  }
  expect(texts[0]).not.toBe('')
  expect(texts[1]).toBe(texts[0])
})

test('fetch --form and --side are read as --layout and --only', async () => {
  const { code, lines } = await run(
    'fetch',
    '--archive',
    join(root, 'none.zip'),
    '--out',
    join(root, 'x'),
    '--form',
    'shoe',
    '--side',
    'val',
  )
  expect(code).toBe(2)
  expect(lines).toEqual([
    'samed2d: --form is now called --layout; the old name still works',
    'samed2d: --side is now called --only; the old name still works',
    'samed2d: --layout shoe: unknown layout; expected one of folder, tar, zip, nnunet, medsam',
  ])
})

test('stats --unions is another name of union=0,1, and not both are asked for', async () => {
  const stats = ['stats', '--manifest', 'manifests/test', '--json', '--where']
  const named = await run(...stats, 'organ=Brain&union=0,1')
  const old = await run(...stats, 'organ=Brain', '--unions')
  expect(old.lines).toEqual([
    'samed2d: --unions now means union=0,1 in --where; the old name still works',
  ])
  expect(old.out).toBe(named.out)
  const without = await run(...stats, 'organ=Brain')
  expect(without.lines).toEqual([])
  expect(JSON.parse(without.out).masks).toBeLessThan(JSON.parse(named.out).masks)
  const both = await run(...stats, 'union=1', '--unions')
  expect(both).toMatchObject({ code: 2, out: '' })
  expect(both.lines.join()).toContain('leave one of them out')
  expect((await run('stats', '--help')).out).not.toContain('--unions')
})

test('subset --unions is the same', async () => {
  const subset = ['subset', '--manifest', 'manifests/test', '--json', '--where']
  const named = await run(...subset, 'organ=Brain&union=0,1')
  const old = await run(...subset, 'organ=Brain', '--unions')
  expect(old.lines).toEqual([expect.stringContaining('--unions now means union=0,1')])
  expect(old.out).toBe(named.out)
  const file = await run('subset', '--manifest', 'manifests/test', '--subset', 'x', '--unions')
  expect(file.lines.join()).toContain('leave out --unions')
})

test('stats says in a line where merged masks are not counted', async () => {
  const said = async (where: string) => {
    const { out } = await run('stats', '--manifest', 'manifests/test', '--where', where)
    return out.split('\n').filter(line => line.includes('merged masks'))
  }
  expect(await said('modality=CT')).toEqual([
    '  merged masks are not counted by region and organ; union=0,1 counts them',
  ])
  expect(await said('organ=Liver')).toEqual([
    '  merged masks that the filter does not name are not counted; union=0,1 counts them',
  ])
  expect(await said('organ=Brain&union=0,1')).toEqual([])
})

test.each(['subset', 'fetch'])('the help of %s has the new names alone', async command => {
  const { out } = await run(command, '--help')
  expect(out).toMatch(/^ {2}--only <split> /m)
  expect(out).not.toMatch(/--side|--form\b/)
})

test.each([
  ['stats', ['stats', '--manifest', 'manifests/test', '--where', 'modality=PET']],
  ['ledger', ['ledger', '--manifest', 'manifests/test']],
  ['subset', SUBSET],
])('%s --json begins with the version of its shape', async (_, args) => {
  const { code, out } = await run(...args, '--json')
  expect(code).toBe(0)
  expect(Object.entries(JSON.parse(out))[0]).toEqual(['version', 1])
})
