import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pagePlace } from '../lib/command-name.node.ts'
import { UserError } from '../lib/errors'
import type { RenderFirst } from '../lib/first/first-answers'
import { allowedNames } from '../lib/http/host-check'
import { connectOrigins } from '../lib/http/security-headers'
import { cachePlace } from '../lib/images/serve/cache-place.node.ts'
import { IS_CLONE, PACKAGE_ROOT } from '../lib/package-root.node.ts'
import { answerPage } from '../lib/server/answer-page.node.ts'
import { type AppSettings, makeApp } from '../lib/server/app.node.ts'
import { readAppFiles } from '../lib/server/app-files.node.ts'
import { type Address, type Listening, listen } from '../lib/server/listen.node.ts'
import { manifestCache } from '../lib/store/manifest-cache.node.ts'
import { tryPort } from '../scripts/free-port.mjs'
import { StepFailed } from '../scripts/step-failed.mjs'
import { connectImages } from './connect-images'
import { connectManifest, prepareManifest } from './connect-manifest'
import type { Effects } from './effects'

export interface ServeOptions {
  /** Folder or http(s) URL of the manifest. */
  readonly manifest: string
  /** Image store: a folder, a ZIP, phantom or none; undefined depends on the manifest. */
  readonly images?: string | undefined
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoot?: readonly string[]
  /** Folder and size of the cache of drawn pictures. */
  readonly imageCache?: string | undefined
  readonly imageCacheSize?: string | undefined
  /** 0 for any free port. */
  readonly port: number
  readonly host: string
  /** Further host names that the server answers for. */
  readonly allowHost?: readonly string[] | undefined
}

/** The steps that take long or keep running; tests replace them. */
export interface ServeSteps {
  ensureBuild(log: Effects['log']): Promise<void>
  /** The port, or null if it is taken. */
  tryPort(port: number, host: string): Promise<number | null>
  /** Resolves when the server accepts connections. */
  startServer(address: Address, settings: AppSettings, log: Effects['log']): Promise<Listening>
}

const nodeSteps: ServeSteps = { ensureBuild, tryPort, startServer }

/** `samed2d serve`: the web app on a manifest, until it is stopped. */
export async function serve(
  {
    manifest,
    images,
    allowRoot = [],
    imageCache,
    imageCacheSize,
    allowHost = [],
    ...at
  }: ServeOptions,
  effects: Effects,
  steps: ServeSteps = nodeSteps,
): Promise<void> {
  const { port: wanted, host } = at
  manifestCache()
  const allowHosts = allowedNames(allowHost)
  const folder = await connectManifest(manifest)
  const port = await steps.tryPort(wanted, host)
  if (port === null) throw new UserError(`port ${wanted} is taken; choose another with --port`)
  const configured = connectOrigins(process.env.SAMED2D_CONNECT)
  const settings: AppSettings = {
    manifest: folder.url ?? folder.dir,
    images: await connectImages(folder, images, effects, { allowRoots: allowRoot }),
    allowRoots: allowRoot.map(root => resolve(root)),
    connect: folder.url ? [...configured, new URL(folder.url).origin] : configured,
    pictureCache: cachePlace({
      ...process.env,
      ...(imageCache && { SAMED2D_IMAGE_CACHE: resolve(imageCache) }),
      ...(imageCacheSize && { SAMED2D_IMAGE_CACHE_BYTES: imageCacheSize }),
    }),
    place: pagePlace(folder.url ?? folder.dir),
    engineDir: join(PACKAGE_ROOT, 'dist', 'engine'),
  }
  const hasPictures = settings.images !== 'none'
  await prepareManifest(folder, { hasPictures, origin: urlOf({ host, port }) }, effects)
  await steps.ensureBuild(effects.log)
  const server = await steps.startServer({ host, port, allowHosts }, settings, effects.log)
  effects.write(`SA-Med2D Explorer: ${urlOf({ host, port: server.port })}\n`)
  const release = effects.onInterrupt(() => server.close())
  try {
    await server.closed
  } finally {
    release()
  }
}

/** A URL that a browser can open, with a host name in place of "any address". */
function urlOf({ host, port }: Pick<Address, 'host' | 'port'>): string {
  const name = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host
  return `http://${name}:${port}`
}

async function startServer(
  address: Address,
  settings: AppSettings,
  log: Effects['log'],
): Promise<Listening> {
  const files = await readAppFiles(join(PACKAGE_ROOT, 'out'))
  const { renderFirst }: { renderFirst: RenderFirst } = await import(
    pathToFileURL(join(PACKAGE_ROOT, 'dist', 'render-first.mjs')).href
  )
  const app = makeApp(settings, files, renderFirst)
  // Reads names and cubes and renders the first page before the first request.
  await answerPage(app, { path: '/', query: '' })
  return listen(app, address, log)
}

/** Build a clone if its sources have changed; a package contains the build. */
async function ensureBuild(log: Effects['log']): Promise<void> {
  if (!IS_CLONE) return
  const builder = await import('../scripts/ensure-build.mjs')
  try {
    await builder.ensureBuild(log)
  } catch (error) {
    if (error instanceof StepFailed) throw new UserError(error.message, 1, { cause: error })
    throw error
  }
}
