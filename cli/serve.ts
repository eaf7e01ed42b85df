import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../lib/errors'
import { readManifest } from '../lib/manifest/read-manifest.node.ts'
import { ensureBuild } from './bootstrap/ensure-build.mjs'
import { tryPort } from './bootstrap/free-port.mjs'
import { ROOT } from './bootstrap/root.mjs'
import { NEXT, run } from './bootstrap/run.mjs'
import { StepFailed } from './bootstrap/step-failed.mjs'
import type { Effects } from './effects'

export interface ServeOptions {
  readonly manifest: string
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
  startServer(address: Address, manifestDir: string): Promise<number>
  /** Resolves once the server takes connections. */
  listening(address: Address, signal: AbortSignal): Promise<void>
}

interface Address {
  readonly host: string
  readonly port: number
}

const nodeSteps: ServeSteps = { ensureBuild, tryPort, startServer, listening }

/** `samed2d serve`: the web app on a manifest, until it is stopped. */
export async function serve(
  { manifest, port: wanted, host }: ServeOptions,
  effects: Effects,
  steps: ServeSteps = nodeSteps,
): Promise<void> {
  // A damaged file is found here, by its name, and not by every visitor.
  const { dir } = await readManifest(manifest, { verifyHashes: true })
  const port = await steps.tryPort(wanted, host)
  if (port === null) throw new UserError(`port ${wanted} is taken; choose another with --port`)

  const served = runServer({ host, port }, dir, effects, steps)
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

async function runServer(address: Address, dir: string, effects: Effects, steps: ServeSteps) {
  await steps.ensureBuild(effects.log)
  const ended = new AbortController()
  const server = steps.startServer(address, dir).finally(() => ended.abort())
  const announced = steps
    .listening(address, ended.signal)
    .then(() => effects.write(`SA-Med2D Explorer: ${urlOf(address)}\n`))
  const [code] = await Promise.all([server, announced])
  if (code !== 0) throw new UserError(`the server stopped (exit code ${code}); see above`)
}

/** An address that can be opened: "any" is not one. */
function urlOf({ host, port }: Address): string {
  const name = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host
  return `http://${name}:${port}`
}

function startServer({ host, port }: Address, manifestDir: string): Promise<number> {
  return run(process.execPath, [NEXT, 'start', ROOT, '--port', String(port), '--hostname', host], {
    env: { NODE_ENV: 'production', SAMED2D_MANIFEST: manifestDir },
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
