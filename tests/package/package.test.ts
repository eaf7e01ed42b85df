import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { writeLargeRelease } from '../bench/write-large-release'
import { makeRelease } from '../fixtures/release'
import { type Installed, install } from './installed'

let installed: Installed
beforeAll(async () => {
  installed = await install()
}, 60_000)
afterAll(() => installed.dispose())

const MANIFEST = join('manifests', 'reference')

test('the bundled command writes a manifest, counts it, and draws figures', async () => {
  expect(await installed.run('--version')).toEqual({
    code: 0,
    out: `${packageJson.version}\n`,
    err: '',
  })
  const written = await installed.run('reference', '--scale', '0.0005', '--out', MANIFEST)
  expect(written.code).toBe(0)
  // A path with a space, and not on the PATH: said so that it can be pasted.
  expect(written.err).toContain(
    `node '${join(installed.root, 'cli', 'samed2d.mjs')}' serve --manifest ${MANIFEST}`,
  )
  const stats = await installed.run('stats', '--manifest', MANIFEST, '--json')
  const { manifest } = await readManifest(join(installed.cwd, MANIFEST))
  expect(JSON.parse(stats.out)).toMatchObject({ images: manifest.summary.totals.images })
  expect((await installed.run('figures', '--manifest', MANIFEST, '--out', 'figures')).code).toBe(0)
  const figures = await readdir(join(installed.cwd, 'figures'))
  for (const extension of ['.svg', '.png', '.pdf'])
    expect(figures.filter(name => name.endsWith(extension)).length).toBeGreaterThan(5)
})

test('its threads start: reading a large directory, measuring many pictures', async () => {
  const large = join(installed.cwd, 'large')
  const { path } = await writeLargeRelease(large, 4_500)
  const ingested = await installed.run('ingest', path, '--out', 'ingested', '--json')
  expect(JSON.parse(ingested.out)).toMatchObject({ rejected: 0, totals: { images: 4_500 } })
  // Two batches, so that they are measured in threads.
  const slices = Array.from({ length: 257 }, (_, i) => String(i).padStart(4, '0'))
  const index = slices.map(slice => [`images/ct_00--A--b--z_${slice}.png`, []] as const)
  const release = await makeRelease({ index, classMap: { A: {} }, files: true })
  onTestFinished(() => release.remove())
  await installed.run('ingest', release.dir, '--out', 'measured')
  const measured = await installed.run('measure', '--manifest', 'measured', '--images', release.dir)
  expect(measured).toMatchObject({ code: 0, out: expect.stringContaining('257 pictures') })
})

test('the user’s mistake is one line, and wrong usage says how to get help', async () => {
  const missing = await installed.run('verify', '--manifest', 'nowhere')
  expect(missing).toMatchObject({ code: 1, out: '' })
  expect(missing.err).toMatch(/^samed2d: .*nowhere.*not found; point at .*\n$/)
  const wrong = await installed.run('frobnicate')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toMatch(/samed2d\.mjs' --help lists the commands/)
})

test('the package holds what was built, and no sources', async () => {
  const { stdout } = await promisify(execFile)(
    ...([process.platform === 'win32' ? 'npm.cmd' : 'npm'] as const),
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    { shell: process.platform === 'win32' },
  )
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  const others = paths.filter(path => !/^(dist|docs|out)\//.test(path))
  const wanted = [
    'CHANGELOG.md',
    'CITATION.cff',
    'CONTRIBUTING.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'package.json',
  ].filter(existsSync)
  expect(others.sort()).toEqual([...wanted, 'cli/samed2d.mjs'].sort())
  expect(paths.filter(path => /\.tsx?$/.test(path))).toEqual([])
})

test('the licences of bundled packages go with them', async () => {
  const licences = await readFile(join(installed.root, 'dist', 'licences.txt'), 'utf8')
  for (const name of [
    'commander',
    'vega',
    'pdfkit',
    'zod',
    'react-dom',
    '@codemirror/view',
    'parquet-wasm',
  ])
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
})
