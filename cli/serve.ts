import { connect } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../lib/errors'
import { cachePlace } from '../lib/images/cache-place.node.ts'
import { manifestCache } from '../lib/manifest/manifest-cache.node.ts'
import { ensureBuild } from './bootstrap/ensure-build.mjs'
import { tryPort } from './bootstrap/free-port.mjs'
import { ROOT } from './bootstrap/root.mjs'
import { NEXT, run } from './bootstrap/run.mjs'
import { StepFailed } from './bootstrap/step-failed.mjs'
import { connectImages } from './connect-images'
import { connectManifest, prepareManifest } from './connect-manifest'
import type { Effects } from './effects'

export interface ServeOptions {
  /** Folder, or http(s) address of one. */
  readonly manifest: string
  /** Where pictures come from: a folder, a ZIP, phantom or none; undefined is what suits the manifest. */
  readonly images?: string | undefined
  /** Folder and size of the cache of made pictures. */
  readonly imageCache?: string | undefined
  readonly imageCacheSize?: string | undefined
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
}

/** The steps that take long or stay; tests replace them. */
export interface ServeSteps {
  ensureBuild(log: Effects['log']): Promise<void>
  /** The port, or null if it is taken. */
  tryPort(port: number, host: string): Promise<number | null>
  /** Resolves with the exit code once the server has ended. */
  startServer(address: Address, settings: Settings): Promise<number>
  /** Resolves once the server takes connections. */
  listening(address: Address, signal: AbortSignal): Promise<void>
}

/** What the server reads from its environment. */
export interface Settings {
  readonly SAMED2D_MANIFEST: string
  readonly SAMED2D_IMAGES: string
  /** Origins beside the server's own that pages may read from. */
  readonly SAMED2D_CONNECT?: string
  readonly SAMED2D_IMAGE_CACHE?: string
  readonly SAMED2D_IMAGE_CACHE_BYTES?: string
}

interface Address {
  readonly host: string
  readonly port: number
}

const nodeSteps: ServeSteps = { ensureBuild, tryPort, startServer, listening }

/** `samed2d serve`: the web app on a manifest, until it is stopped. */
export async function serve(
  { manifest, images, imageCache, imageCacheSize, port: wanted, host }: ServeOptions,
  effects: Effects,
  steps: ServeSteps = nodeSteps,
): Promise<void> {
  manifestCache()
  const folder = await connectManifest(manifest)
  const port = await steps.tryPort(wanted, host)
  if (port === null) throw new UserError(`port ${wanted} is taken; choose another with --port`)
  const settings = {
    SAMED2D_MANIFEST: folder.url ?? folder.dir,
    SAMED2D_IMAGES: await connectImages(folder, images, effects),
    ...(folder.url && { SAMED2D_CONNECT: withOrigin(folder.url) }),
    ...(imageCache && { SAMED2D_IMAGE_CACHE: resolve(imageCache) }),
    ...(imageCacheSize && { SAMED2D_IMAGE_CACHE_BYTES: imageCacheSize }),
  }
  cachePlace({ ...process.env, ...settings })
  const hasPictures = settings.SAMED2D_IMAGES !== 'none'
  await prepareManifest(folder, { hasPictures, origin: urlOf({ host, port }) }, effects)

  const served = runServer({ host, port }, settings, effects, steps)
  // The children get the signal by themselves; wait until they have ended.
  const release = effects.onInterrupt(() => served.catch(() => {}))
  try {
    await served
  } catch (error) {
    if (error instanceof StepFailed && !effects.signal.aborted) throw new UserError(error.message)
    throw error
  } finally {
    release()
  }
}

async function runServer(
  address: Address,
  settings: Settings,
  effects: Effects,
  steps: ServeSteps,
) {
  await steps.ensureBuild(effects.log)
  const ended = new AbortController()
  const server = steps.startServer(address, settings).finally(() => ended.abort())
  const announced = steps
    .listening(address, ended.signal)
    .then(() => effects.write(`SA-Med2D Explorer: ${urlOf(address)}\n`))
  const [code] = await Promise.all([server, announced])
  if (code !== 0) throw new UserError(`the server stopped (exit code ${code}); see above`)
}

/** The origins that are configured, and that of the manifest. */
const withOrigin = (url: string): string =>
  [process.env.SAMED2D_CONNECT ?? '', new URL(url).origin].join(' ').trim()

/** An address that can be opened: "any" is not one. */
function urlOf({ host, port }: Address): string {
  const name = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host
  return `http://${name}:${port}`
}

function startServer({ host, port }: Address, settings: Settings): Promise<number> {
  return run(process.execPath, [NEXT, 'start', ROOT, '--port', String(port), '--hostname', host], {
    env: { NODE_ENV: 'production', ...settings },
    output: 'stderr',
  })
}

async function listening(address: Address, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await accepts(address))) await sleep(50)
}

function accepts({ host, port }: Address): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
