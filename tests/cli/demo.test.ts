import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DemoOptions, type DemoSteps, demo } from '../../cli/demo'
import { reference } from '../../cli/reference'
import { UserError } from '../../lib/errors'
import { FORMAT_VERSION } from '../../lib/manifest/manifest'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { fakeEffects } from './fake-effects'

const SCALE = 0.0005
const FOLDER = join('manifests', 'reference')
const home = process.cwd()
let dir: string

// The demo writes below the folder that it is started in.
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d demo-'))
  process.chdir(dir)
})
afterEach(async () => {
  process.chdir(home)
  await rm(dir, { recursive: true })
})

/** Runs the demo with a server that says its URL and ends; tells what was written and served. */
async function run(options: Partial<DemoOptions> = {}, write: DemoSteps['reference'] = reference) {
  const effects = fakeEffects()
  const written: number[] = []
  const served: unknown[] = []
  await demo({ port: 0, host: '127.0.0.1', ...options }, effects, {
    reference(wanted, quiet) {
      written.push(wanted.scale)
      return write(wanted, quiet)
    },
    async serve(wanted, own) {
      served.push(wanted)
      own.write('SA-Med2D Explorer: http://127.0.0.1:1\n')
    },
  })
  return { written, served, err: effects.lines.join('\n'), out: effects.output() }
}

test('it writes the manifest once, quietly, serves it and says what to try', async () => {
  const first = await run({ scale: SCALE })
  expect(first.written).toEqual([SCALE])
  expect(first.served).toEqual([{ manifest: FOLDER, port: 0, host: '127.0.0.1' }])
  expect(first.out).toBe('SA-Med2D Explorer: http://127.0.0.1:1\n')
  expect(first.err).toContain(`Writing it to ${FOLDER}`)
  expect(first.err).not.toMatch(/rows, \d+ bytes/)
  expect(first.err).toMatch(/cli\/samed2d\.mjs stats --manifest manifests\/reference --where/)
  expect((await readManifest(FOLDER)).manifest.simulated).toBe(true)

  const second = await run()
  expect(second.written).toEqual([])
  expect(second.err).toMatch(/^Demo data: manifests\/reference, [\d,]+ images\n/)
  expect((await run({ scale: SCALE })).written).toEqual([])
  const other = await run({ scale: 2 * SCALE })
  expect(other.written).toEqual([2 * SCALE])
  expect(other.err).toMatch(
    /^The data in manifests.reference cannot be used: another scale \(.*0\.0005.*\)\nReplacing it \(/m,
  )
})

test('a manifest of an older format is replaced, and the demo says so', async () => {
  await run({ scale: SCALE })
  const path = join(FOLDER, 'manifest.json')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(`"version": ${FORMAT_VERSION}`, '"version": 3'))
  const { written, err } = await run({ scale: SCALE })
  expect(written).toEqual([SCALE])
  expect(err).toContain(
    `The data in ${FOLDER} cannot be used: format 3, this version needs ${FORMAT_VERSION}\nReplacing it (`,
  )
  expect(err).not.toContain('only once')
  expect((await readManifest(FOLDER)).manifest.version).toBe(FORMAT_VERSION)
})

test('a manifest that is not whole is written again', async () => {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, 'manifest.json'), '{"format": "samed2d-man')
  expect((await run({ scale: SCALE })).written).toEqual([SCALE])
  const [file = ''] = (await readdir(FOLDER)).filter(name => name.startsWith('images-'))
  await truncate(join(FOLDER, file), 10)
  const { written, err } = await run({ scale: SCALE })
  expect(written).toEqual([SCALE])
  expect(err).toMatch(/^The data in manifests.reference cannot be used: .*images-.*\.parquet/m)
  await readManifest(FOLDER, { verifyHashes: true })
})

test('the manifest of a real release is not replaced', async () => {
  await mkdir(FOLDER, { recursive: true })
  const text = '{"format": "samed2d-manifest", "version": 1, "simulated": false}'
  await writeFile(join(FOLDER, 'manifest.json'), text)
  await expect(run()).rejects.toThrow(/manifests.reference: holds the manifest of a real release/)
})

test('if it cannot be written, all that was said comes out', async () => {
  const effects = fakeEffects()
  const full = new UserError('no space left')
  const failing = demo({ port: 0, host: '127.0.0.1' }, effects, {
    async reference(_, quiet) {
      quiet.log('images: 5 rows, 10 bytes')
      throw full
    },
    serve: () => Promise.reject(new Error('not to be reached')),
  })
  await expect(failing).rejects.toBe(full)
  expect(effects.lines).toContain('images: 5 rows, 10 bytes')
})

test('a port that is taken is said before anything is written', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    await expect(run({ port })).rejects.toThrow(`port ${port} is taken; choose another with --port`)
    expect(await readdir('.')).toEqual([])
  } finally {
    await new Promise(resolve => server.close(resolve))
  }
})
