import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { ROOT } from './root.mjs'
import { mustRun } from './run.mjs'

const SOURCES = ['data', 'lib/manifest', 'lib/reference', 'lib/release', 'lib/taxonomy']

/**
 * Write a reference manifest, unless there is one already. One that was written here is written
 * again when the sources have changed; any other is left as it is.
 *
 * @param {string} out Folder, from the project's root.
 * @param {number} [scale] Share of the full size.
 */
export async function ensureManifest(out, scale = 1) {
  const stampFile = join(ROOT, `${out}.sources`)
  const stamp = await readFile(stampFile, 'utf8').catch(() => undefined)
  const current = await fingerprint(SOURCES, [String(scale)])
  const exists = existsSync(join(ROOT, out, 'manifest.json'))
  if (exists && (stamp === undefined || stamp === current)) return
  await mustRun('writing the reference manifest', process.execPath, [
    ...['cli/samed2d.mjs', 'reference', '--out', out, '--scale', String(scale)],
  ])
  await writeFile(stampFile, current)
}
