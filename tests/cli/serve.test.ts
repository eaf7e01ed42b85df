import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServeSteps, serve } from '../../cli/serve'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
beforeAll(async () => {
  tiny = await tinyManifest()
})
afterAll(() => tiny.dispose())

/** Steps that note what was done; the server ends at once with the given code. */
function fakeSteps({ exitCode = 0, port = 3000 as number | null } = {}) {
  const done: string[] = []
  const steps: ServeSteps = {
    async ensureBuild() {
      done.push('build')
    },
    tryPort: async () => port,
    async startServer(address, { SAMED2D_MANIFEST, SAMED2D_IMAGES }) {
      done.push(`${address.host}:${address.port} ${SAMED2D_MANIFEST} ${SAMED2D_IMAGES}`)
      return exitCode
    },
    listening: async () => {},
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

test('a server that fails is an error', async () => {
  const served = serve(
    { ...local, manifest: tiny.dir },
    fakeEffects(),
    fakeSteps({ exitCode: 3 }).steps,
  )
  await expect(served).rejects.toThrow(/exit code 3/)
})

test('an interruption waits for the server to end', async () => {
  const effects = fakeEffects()
  const { steps } = fakeSteps()
  let end: (code: number) => void = () => {}
  const started = new Promise<void>(resolve => {
    steps.startServer = () => {
      resolve()
      return new Promise(ended => {
        end = ended
      })
    }
  })
  const served = serve({ ...local, manifest: tiny.dir }, effects, steps)
  await started
  let interrupted = false
  const interruption = effects.interrupt().then(() => {
    interrupted = true
  })
  await Promise.resolve()
  expect(interrupted).toBe(false)
  end(0)
  await Promise.all([served, interruption])
  expect(interrupted).toBe(true)
})
