import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

/** A command line of its own: it takes gigabytes, which are given back. */
const samed2d = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['cli/samed2d.mjs', ...args], { maxBuffer: 1e8 })

test('the rows of the full reference manifest give every number of the paper', async () => {
  const root = await mkdtemp(join(tmpdir(), 'samed2d-full-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const manifest = join(root, 'manifest')
  await samed2d('reference', '--out', manifest)
  const { stdout } = await samed2d('figures', '--manifest', manifest, '--check')
  const lines = stdout.split('\n').filter(line => line !== '')
  expect(lines.filter(line => !line.startsWith('ok '))).toEqual([])
  const agreeing = (kind: string) =>
    [...stdout.matchAll(new RegExp(`(\\d+) of \\1 ${kind} numbers agree`, 'g'))]
      .map(([, n]) => Number(n))
      .reduce((sum, n) => sum + n, 0)
  expect(agreeing('printed')).toBe(61)
  expect(agreeing('read-off')).toBe(12)
}, 600_000)
