import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ServeSteps, serve } from '../../cli/serve'
import type { AppSettings } from '../../lib/server/app.node.ts'
import { temporaryFolder } from '../archive/temporary-archive'
import { type RangeServer, startRangeServer } from '../fixtures/range-server'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
let host: RangeServer
/** Headers of all answers, and whether ranges are answered. */
let answers = { headers: {} as Record<string, string>, isWhole: false }
beforeEach(async () => {
  tiny = await tinyManifest()
  process.env.SAMED2D_MANIFEST_CACHE = await temporaryFolder()
  const files: Record<string, Buffer> = {}
  for (const name of await readdir(tiny.dir))
    files[`/${name}`] = await readFile(join(tiny.dir, name))
  host = await startRangeServer(files, ({ headers }) => ({
    headers: answers.headers,
    isWhole: answers.isWhole || headers.range === undefined,
  }))
})
afterEach(async () => {
  delete process.env.SAMED2D_MANIFEST_CACHE
  await host.close()
  await tiny.dispose()
})

async function served(images?: string) {
  const effects = fakeEffects()
  let settings: AppSettings | undefined
  const steps: ServeSteps = {
    ensureBuild: async () => {},
    tryPort: async port => port,
    async startServer(_, given) {
      settings = given
      return { port: 3000, close: async () => {}, closed: Promise.resolve() }
    },
  }
  const options = { manifest: host.url, images, port: 3000, host: '127.0.0.1' }
  await serve(options, effects, steps)
  return { settings, warnings: effects.lines.filter(line => line.startsWith('WARNING')) }
}

const fetched = () => host.requests.map(({ path }) => path.slice(1).replace(/-.*/, ''))

test('the server is started on the address, and its origin is the one that pages may read from', async () => {
  answers = { headers: { 'access-control-allow-origin': '*' }, isWhole: false }
  const { settings, warnings } = await served()
  expect(settings).toMatchObject({
    manifest: `${host.url}/`,
    connect: [host.url],
  })
  expect(warnings).toEqual([])
  expect(fetched()).toEqual(
    expect.arrayContaining(['images', 'masks', 'mask_boxes', 'cube_labels']),
  )
})

test('without pictures no rows are fetched', async () => {
  await served('none')
  expect(fetched()).toContain('cube_labels')
  expect(fetched()).not.toContain('masks')
})

test('a host that lacks CORS or Range is warned of, with what to set', async () => {
  answers = { headers: {}, isWhole: true }
  const { warnings } = await served()
  expect(warnings).toEqual([
    expect.stringMatching(
      /does not let pages of http:\/\/127\.0\.0\.1:3000 read its files; set the header "Access-Control-Allow-Origin: http:\/\/127\.0\.0\.1:3000" there/,
    ),
    expect.stringMatching(/does not support Range requests; the page works without them/),
  ])
})

test('an archive needs a locator, which cannot be written there', async () => {
  await expect(served('/somewhere/a.zip')).rejects.toThrow(
    /the manifest has no locator; ingest \/somewhere\/a\.zip, and upload the new manifest/,
  )
})
