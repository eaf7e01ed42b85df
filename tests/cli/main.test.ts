import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import packageJson from '../../package.json' with { type: 'json' }
import { fakeEffects } from './fake-effects'

const SCRIPT = join(import.meta.dirname, '..', '..', 'cli', 'samed2d.mjs')

async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(args, effects)
  return { code, out: effects.output(), err: effects.lines.join('\n') }
}

test('help and version go to stdout with 0', async () => {
  expect(await run('--version')).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' })
  const help = await run('--help')
  expect(help.code).toBe(0)
  expect(help.out).toMatch(/reference [\s\S]*ingest [\s\S]*serve /)
})

test.each([
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['reference'], /required option '--out <dir>'/],
  [['reference', '--out', 'x', '--scale', '2'], /--scale.*above 0 and at most 1/],
  [['reference', '--out', 'x', '--scale', 'NaN'], /--scale/],
  [['reference', '--out', 'x', 'y'], /too many arguments/],
  [['ingest', '--out', 'x'], /missing required argument 'source'/],
  [['serve', '--manifest', 'x', '--port', '-1'], /--port/],
  [['serve', '--manifest', 'x', '--port', '70000'], /0 to 65535/],
  [['serve', '--manifest', 'x', '--bogus'], /unknown option '--bogus'/],
])('%j is wrong usage', async (args, message) => {
  const { code, out, err } = await run(...args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(/^samed2d: /)
  expect(err).toMatch(message)
})

test('no command at all is wrong usage, with the help', async () => {
  const { code, out, err } = await run()
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(/Usage: samed2d/)
})

test('the user’s mistake is one line', async () => {
  const { code, err } = await run('serve', '--manifest', join(tmpdir(), 'no-such-manifest'))
  expect(code).toBe(1)
  expect(err).toMatch(/^samed2d: .*no-such-manifest.manifest\.json: not found; point at .*$/)
  expect(err).not.toContain('\n')
})

test.each([
  [['verify'], 0],
  [['verify', '--json'], 0],
  [['verify', '--bogus'], 2],
])('%j ends with %i where nobody reads what it says', async (args, wanted) => {
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-pipe-'))
  try {
    const out = join(dir, 'manifest')
    expect((await run('reference', '--scale', '0.0005', '--out', out)).code).toBe(0)
    const command = [SCRIPT, ...args, '--manifest', out]
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] })
    // As `2>&1 | head -0` does.
    child.stdout.destroy()
    child.stderr.destroy()
    const [code] = await once(child, 'exit')
    expect(code).toBe(wanted)
  } finally {
    await rm(dir, { recursive: true })
  }
})

test('the program starts from any folder', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, '--version'], {
    cwd: tmpdir(),
  })
  expect(stdout).toBe(`${packageJson.version}\n`)
})
