import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStaging } from '../../lib/store/staging.node.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-staging-'))
})
afterEach(() => rm(root, { recursive: true }))

test('folders of dead processes go; whatever else looks like them stays', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const kept = [
    `manifest.partial-${process.ppid}`,
    `manifest.partial-0${dead}`,
    `manifest.partial-${dead}.bak`,
    'manifest.partial-',
    'manifest.partial-99999999999999999999',
    'manifest.partial-0',
    `other.partial-${dead}`,
  ]
  for (const name of [...kept, `manifest.partial-${dead}`]) {
    await mkdir(join(root, name, 'spill'), { recursive: true })
    await writeFile(join(root, name, 'staging.duckdb'), 'x')
  }
  // Neither a file nor a link is a staging folder.
  await writeFile(join(root, `manifest.partial-${2 ** 30}`), 'mine')
  await symlink(join(root, kept[0]!), join(root, `manifest.partial-${2 ** 30 + 1}`))
  kept.push(`manifest.partial-${2 ** 30}`, `manifest.partial-${2 ** 30 + 1}`)

  const staging = await openStaging(join(root, 'manifest'))
  const own = `manifest.partial-${process.pid}`
  expect((await readdir(root)).toSorted()).toEqual([...kept, own].toSorted())
  await staging.dispose()
  expect((await readdir(root)).toSorted()).toEqual(kept.toSorted())
  expect(await readdir(join(root, kept[0]!))).toEqual(['spill', 'staging.duckdb'])
})
