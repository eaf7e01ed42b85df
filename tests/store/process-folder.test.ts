import { spawnSync } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { processFolder } from '../../lib/store/process-folder.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'

test('what killed processes left goes; what is of living ones or has another name stays', async () => {
  const dir = await temporaryFolder()
  vi.stubEnv('TMPDIR', dir)
  onTestFinished(() => void vi.unstubAllEnvs())
  const { pid: dead } = spawnSync('true')
  const others = [`samed2d-spill-${process.ppid}`, `samed2d-exports-${dead}`, `samed2d-spill-x`]
  for (const name of [`samed2d-spill-${dead}`, ...others]) {
    await mkdir(join(dir, name))
    await writeFile(join(dir, name, 'file'), 'x')
  }
  expect(await processFolder('spill')).toBe(join(dir, `samed2d-spill-${process.pid}`))
  expect((await readdir(dir)).sort()).toEqual([...others].sort())
})
