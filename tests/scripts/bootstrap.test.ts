import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { dropStaleManifest } from '../../scripts/ensure-manifest.mjs'
import { holds } from '../../scripts/ensure-packages.mjs'
import { fingerprint } from '../../scripts/fingerprint.mjs'
import { tryPort } from '../../scripts/free-port.mjs'
import { run } from '../../scripts/run.mjs'
import {
  BROKEN,
  ONE_PASSED,
  playwrightTotals,
  sumTotals,
  totalsLine,
  vitestTotals,
} from '../../scripts/test-totals.mjs'

test('packages are current if all that this system needs is there', () => {
  const lock = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/for-another-system': { version: '2.0.0', optional: true },
    },
  }
  const installed = { packages: { 'node_modules/a': { version: '1.2.3' } } }
  expect(holds(installed, lock)).toBe(true)
  expect(holds({}, lock)).toBe(false)
  expect(holds({ packages: { 'node_modules/a': { version: '1.2.4' } } }, lock)).toBe(false)
})

test('a binary for this machine must be there, one for another need not', () => {
  const binary = (os: string, cpu: string, libc?: string) => ({
    version: '1.0.0',
    optional: true,
    os: [os],
    cpu: [cpu],
    ...(libc ? { libc: [libc] } : {}),
  })
  const lock = {
    packages: {
      'node_modules/b-darwin-arm64': binary('darwin', 'arm64'),
      'node_modules/b-linux-x64': binary('linux', 'x64', 'glibc'),
      'node_modules/b-linux-x64-musl': binary('linux', 'x64', 'musl'),
    },
  }
  const none = { packages: {} }
  expect(holds(none, lock, { platform: 'darwin', arch: 'arm64' })).toBe(false)
  expect(holds(lock, lock, { platform: 'darwin', arch: 'arm64' })).toBe(true)
  expect(holds(none, lock, { platform: 'darwin', arch: 'x64' })).toBe(true)
  // npm knows which C library the machine has; this check does not.
  expect(holds(none, lock, { platform: 'linux', arch: 'x64' })).toBe(true)
})

test('both runners count in the total, and a file that does not load is a failure', () => {
  const unit = vitestTotals({
    numPassedTests: 10,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  })
  expect(unit).toEqual({ passed: 10, failed: 2, skipped: 2 })
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }
  const e2e = playwrightTotals({ stats, errors: [{}] })
  expect(e2e).toEqual({ passed: 4, failed: 2, skipped: 0 })
  expect(totalsLine(sumTotals([unit, e2e]))).toBe('14 passed, 4 failed, 2 skipped')
  expect(totalsLine(sumTotals([ONE_PASSED, BROKEN]))).toBe('1 passed, 1 failed, 0 skipped')
})

test('the demo’s manifest goes when the sources that it was written from have changed', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  // The scripts name folders from the project's root.
  const out = relative(process.cwd(), join(dir, 'reference'))
  const [manifest, stamp] = [join(out, 'manifest.json'), `${out}.sources`]
  await mkdir(out)
  const write = () => writeFile(manifest, '{}')

  await write()
  await dropStaleManifest(out)
  // Of unknown sources: left alone.
  expect([existsSync(manifest), existsSync(stamp)]).toEqual([true, false])

  await rm(manifest)
  await dropStaleManifest(out)
  const current = await readFile(stamp, 'utf8')
  await write()
  await dropStaleManifest(out)
  expect(existsSync(manifest)).toBe(true)

  await writeFile(stamp, 'of other sources')
  await dropStaleManifest(out)
  expect(existsSync(manifest)).toBe(false)
  expect(await readFile(stamp, 'utf8')).toBe(current)
})

test('a fingerprint changes with settings and content, and with nothing else', async () => {
  const one = await fingerprint(['lib/http', 'no-such-file'], ['a'])
  expect(await fingerprint(['lib/http', 'no-such-file'], ['a'])).toBe(one)
  expect(await fingerprint(['lib/http', 'no-such-file'], ['b'])).not.toBe(one)
  expect(await fingerprint(['lib/http/byte-range.ts'], ['a'])).not.toBe(one)
})

test('a taken port is told from a free one', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  expect(await tryPort(port, '127.0.0.1')).toBeNull()
  await new Promise(resolve => server.close(resolve))
  expect(await tryPort(port, '127.0.0.1')).toBe(port)
  expect(await tryPort(0, '127.0.0.1')).toBeGreaterThan(1023)
})

test('a program’s exit code comes back, and one that cannot start is 127', async () => {
  expect(await run(process.execPath, ['-e', 'process.exit(3)'])).toBe(3)
  expect(await run('no-such-program-anywhere', [])).toBe(127)
  const endless = ['-e', 'setInterval(() => {}, 1000)']
  expect(await run(process.execPath, endless, { timeoutMs: 300 })).toBe(143)
})

test('a program that is to be quiet is heard once it has failed', async () => {
  const heard: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    heard.push(String(text))
    return true
  })
  onTestFinished(() => write.mockRestore())
  const script = (code: number) =>
    `console.log('a'); console.error('b'); process.exitCode = ${code}`
  const quiet = { output: 'onFailure' } as const
  expect(await run(process.execPath, ['-e', script(0)], quiet)).toBe(0)
  expect(heard.join('')).toBe('')
  expect(await run(process.execPath, ['-e', script(3)], quiet)).toBe(3)
  expect(heard.join('').split('\n').sort()).toEqual(['', 'a', 'b'])
})

test('this process’s signals go to the child, and end the caller when it has ended', async () => {
  const dir = await mkdtemp(`${tmpdir()}/samed2d-test-`)
  // Says that it has started by making a file; ends by itself a moment after the signal.
  const child = `
    process.on('SIGTERM', () => setTimeout(() => process.exit(0), 50))
    require('node:fs').writeFileSync(${JSON.stringify(`${dir}/up`)}, '')
    setInterval(() => {}, 1000)`
  const running = run(process.execPath, ['-e', child])
  while (!(await readdir(dir)).includes('up')) await new Promise(next => setTimeout(next, 10))
  process.emit('SIGTERM', 'SIGTERM')
  await expect(running).rejects.toMatchObject({ name: 'StepFailed', exitCode: 143 })
  await rm(dir, { recursive: true })
})
