import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../lib/command-name.node.ts'
import { UserError } from '../lib/errors'
import { countOf } from '../lib/format'
import { FORMAT_VERSION, MANIFEST_FILE, type Manifest } from '../lib/manifest/manifest'
import { parseOldManifest } from '../lib/manifest/old-manifest'
import { referenceName } from '../lib/reference/generate.node.ts'
import { readManifest } from '../lib/store/read-manifest.node.ts'
import { tryPort } from '../scripts/free-port.mjs'
import type { Effects } from './effects'
import { reference } from './reference'
import { serve } from './serve'

export interface DemoOptions {
  readonly port: number
  readonly host: string
  /** Further host names that the server answers for. */
  readonly allowHost?: readonly string[] | undefined
  /** Share of the full size; undefined is that of the existing manifest, or the full size. */
  readonly scale?: number | undefined
}

/** In the working folder, because the folder of the package may be read-only. */
const FOLDER = join('manifests', 'reference')

/** The steps that take long or keep running; tests replace them. */
export interface DemoSteps {
  reference(options: { out: string; scale: number }, effects: Effects): Promise<void>
  serve(
    options: { manifest: string; port: number; host: string; allowHost?: readonly string[] },
    effects: Effects,
  ): Promise<void>
}

/** `samed2d demo`: serves the reference manifest, and writes it first if it does not exist. */
export async function demo(
  { port, host, allowHost, scale }: DemoOptions,
  effects: Effects,
  steps: DemoSteps = { reference, serve },
): Promise<void> {
  // Checked before the manifest is written, which takes long.
  if ((await tryPort(port, host)) === null)
    throw new UserError(`port ${port} is taken; choose another with --port`)
  const found = await findManifest(scale)
  if (found.manifest)
    effects.log(`Demo data: ${FOLDER}, ${countOf(found.manifest.summary.totals.images, 'image')}`)
  else await writeQuietly(scale ?? 1, found.problem, effects, steps.reference)
  await steps.serve(
    { manifest: FOLDER, port, host, ...(allowHost && { allowHost }) },
    withNextSteps(effects),
  )
}

/** The demo's manifest, or what is wrong with the one that has to be replaced; both null if there is none. */
interface Found {
  readonly manifest: Manifest | null
  readonly problem: string | null
}

/** @throws UserError if a manifest of a real release is in its place. */
async function findManifest(scale: number | undefined): Promise<Found> {
  const path = join(FOLDER, MANIFEST_FILE)
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return { manifest: null, problem: null }
  if (/"simulated"\s*:\s*false/.test(text))
    throw new UserError(
      `${FOLDER}: holds the manifest of a real release, which the demo would replace; start the demo in another folder`,
    )
  try {
    const old = parseOldManifest(text, path)
    if (old)
      return {
        manifest: null,
        problem: `format ${old.version}, this version needs ${FORMAT_VERSION}`,
      }
    const { manifest } = await readManifest(FOLDER, { verifyHashes: true })
    return scale === undefined || manifest.name === referenceName(scale)
      ? { manifest, problem: null }
      : { manifest: null, problem: `another scale (${manifest.name})` }
  } catch (error) {
    if (error instanceof UserError) return { manifest: null, problem: error.message }
    throw error
  }
}

/**
 * Write the reference manifest; the output of the command `reference` is only shown if it fails.
 *
 * @param problem What is wrong with the manifest that is replaced; null if there is none.
 */
async function writeQuietly(
  scale: number,
  problem: string | null,
  effects: Effects,
  write: DemoSteps['reference'],
): Promise<void> {
  const lasts = scale === 1 ? 'about half a minute' : 'a few seconds'
  effects.log(
    'The demo shows simulated data: totals match the paper, individual images are simulated.',
  )
  if (problem !== null) effects.log(`The data in ${FOLDER} cannot be used: ${problem}`)
  effects.log(
    problem === null
      ? `Writing it to ${FOLDER} (only once, ${lasts})…`
      : `Replacing it (${lasts})…`,
  )
  const said: string[] = []
  try {
    await write({ out: FOLDER, scale }, { ...effects, log: line => void said.push(line) })
  } catch (error) {
    for (const line of said) effects.log(line)
    throw error
  }
}

/** Effects that print next steps after the URL, which is the only result of `serve`. */
const withNextSteps = (effects: Effects): Effects => ({
  ...effects,
  write(text) {
    effects.write(text)
    effects.log(`Open this URL in a browser; Ctrl-C stops the demo. To try in another terminal:
  ${command('stats', '--manifest', FOLDER, '--where', 'modality=CT&organ=Liver')}
  ${command('figures', '--manifest', FOLDER, '--out', 'figures')}
  ${command('ingest', '/path/to/SA-Med2D-16M.zip', '--out', 'manifests/release')}
  ${command('help')}`)
  },
})
