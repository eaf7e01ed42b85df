import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withPartialFolders } from '../../cli/partial-folders'
import { fakeEffects } from './fake-effects'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
})
afterEach(() => rm(root, { recursive: true }))

test('an interrupted run takes its own folder with it', async () => {
  const effects = fakeEffects()
  const own = `a.partial-${process.pid}`
  await withPartialFolders(join(root, 'a'), effects, async () => {
    await mkdir(join(root, own))
    await effects.interrupt()
    expect(await readdir(root)).toEqual([])
  })
})
