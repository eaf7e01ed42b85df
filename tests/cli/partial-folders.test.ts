import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withPartialFolders } from '../../cli/partial-folders'
import { fakeEffects } from './fake-effects'

/** No process has this number: it is above every system's limit. */
const GONE = 2 ** 30

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
})
afterEach(() => rm(root, { recursive: true }))

test('what a killed run left goes; what lives or has another name stays', async () => {
  const names = [
    `a.partial-${GONE}`,
    `a.partial-${process.ppid}`,
    `ab.partial-${GONE}`,
    'a.partial-x',
  ]
  for (const name of names) await mkdir(join(root, name, 'deep'), { recursive: true })
  expect(await withPartialFolders(join(root, 'a'), fakeEffects(), async () => 7)).toBe(7)
  expect((await readdir(root)).sort()).toEqual(names.slice(1).sort())
})

test('an interrupted run takes its own folder with it', async () => {
  const effects = fakeEffects()
  const own = `a.partial-${process.pid}`
  await withPartialFolders(join(root, 'a'), effects, async () => {
    await mkdir(join(root, own))
    await effects.interrupt()
    expect(await readdir(root)).toEqual([])
  })
})
