import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockPath } from '../../lib/store/path-lock.node.ts'

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-lock-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('a second repair is refused with the process that runs, until the first has ended', async () => {
  const dir = await folder()
  const path = join(dir, 'a.lock')
  const unlock = await lockPath(path, 'a.zip', 'repair')
  await expect(lockPath(path, 'a.zip', 'repair')).rejects.toThrow(
    `a.zip: another repair (process ${process.pid}) is running; wait for it, or stop it`,
  )
  await unlock()
  await (await lockPath(path, 'a.zip', 'repair'))()
  expect(await readdir(dir)).toEqual([])
})

test('the lock of a process that has ended is taken over', async () => {
  const dir = await folder()
  const path = join(dir, 'a.lock')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  await writeFile(path, String(pid))
  await (await lockPath(path, 'a.zip', 'repair'))()
  expect(await readdir(dir)).toEqual([])
})
