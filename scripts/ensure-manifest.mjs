import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { ROOT } from './root.mjs'
import { mustRun } from './run.mjs'

/** All that shapes a reference manifest: its rows, its cubes, and the counts of its summary. */
const SOURCES = [
  'data',
  'lib/manifest',
  'lib/store',
  'lib/reference',
  'lib/release',
  'lib/taxonomy',
  'lib/cube',
  'lib/counts',
  'lib/queries',
  'lib/filter',
  'lib/engine',
]

/**
 * Write a reference manifest, unless there is one already. One that was written here is written
 * again when the sources have changed; any other is left as it is.
 *
 * @param {string} out Folder, from the project's root.
 * @param {number} [scale] Share of the full size.
 */
export async function ensureManifest(out, scale = 1) {
  const current = await fingerprint(SOURCES, [String(scale)])
  if (existsSync(manifestIn(out)) && !(await isStale(out, current))) return
  await mustRun('writing the reference manifest', process.execPath, [
    'cli/samed2d.mjs',
    'reference',
    '--out',
    out,
    '--scale',
    String(scale),
  ])
  await writeFile(stampOf(out), current)
}

/**
 * Make the command `demo` write its manifest again if the sources have changed since it was written.
 *
 * @param {string} out Folder, from the project's root.
 */
export async function dropStaleManifest(out) {
  const current = await fingerprint(SOURCES, ['1'])
  if (await isStale(out, current)) await rm(manifestIn(out), { force: true })
  // What is written next comes from these sources; a manifest of unknown sources has no stamp.
  if (existsSync(manifestIn(out))) return
  await mkdir(dirname(stampOf(out)), { recursive: true })
  await writeFile(stampOf(out), current)
}

/** @param {string} out */
const manifestIn = out => join(ROOT, out, 'manifest.json')

/** @param {string} out */
const stampOf = out => join(ROOT, `${out}.sources`)

/**
 * @param {string} out
 * @param {string} current
 */
async function isStale(out, current) {
  const stamp = await readFile(stampOf(out), 'utf8').catch(() => undefined)
  return stamp !== undefined && stamp !== current
}
