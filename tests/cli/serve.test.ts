import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ServeSteps, serve } from '../../cli/serve'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
beforeAll(async () => {
  tiny = await tinyManifest()
})
afterAll(() => tiny.dispose())

/** Steps that note what was done; the server ends at once, unless it is to stay. */
function fakeSteps({ port = 3000 as number | null, stays = false } = {}) {
  const done: string[] = []
  let end = () => {}
  const closed = stays
    ? new Promise<void>(resolve => {
        end = resolve
      })
    : Promise.resolve()
  const steps: ServeSteps = {
    async ensureBuild() {
      done.push('build')
    },
    tryPort: async () => port,
    async startServer(address, { manifest, images }) {
      done.push(`${address.host}:${address.port} ${manifest} ${images}`)
      return {
        port: address.port,
        async close() {
          done.push('close')
          end()
        },
        closed,
      }
    },
  }
  return { done, steps }
}

const local = { port: 3000, host: '127.0.0.1' }

test('builds, starts the server on the manifest, and prints the address', async () => {
  const effects = fakeEffects()
  const { done, steps } = fakeSteps()
  await serve({ ...local, manifest: tiny.dir }, effects, steps)
  expect(done).toEqual(['build', `127.0.0.1:3000 ${tiny.dir} phantom`])
  expect(effects.output()).toBe('SA-Med2D Explorer: http://127.0.0.1:3000\n')
})

test('port 0 is whatever is free, and an open address is shown as one that can be opened', async () => {
  const effects = fakeEffects()
  const options = { manifest: tiny.dir, port: 0, host: '0.0.0.0' }
  await serve(options, effects, fakeSteps({ port: 4567 }).steps)
  expect(effects.output()).toBe('SA-Med2D Explorer: http://127.0.0.1:4567\n')
})

test('nothing is built for a bad manifest or a taken port', async () => {
  const { done, steps } = fakeSteps({ port: null })
  const missing = serve({ ...local, manifest: `${tiny.dir}x` }, fakeEffects(), steps)
  await expect(missing).rejects.toThrow(/not found/)
  const taken = serve({ ...local, manifest: tiny.dir }, fakeEffects(), steps)
  await expect(taken).rejects.toThrow('port 3000 is taken; choose another with --port')
  expect(done).toEqual([])
})

test('an interruption closes the server', async () => {
  const effects = fakeEffects()
  const { done, steps } = fakeSteps({ stays: true })
  const served = serve({ ...local, manifest: tiny.dir }, effects, steps)
  await vi.waitFor(() => expect(effects.output()).toMatch(/^SA-Med2D Explorer: /))
  expect(done).not.toContain('close')
  await Promise.all([effects.interrupt(), served])
  expect(done.at(-1)).toBe('close')
})
