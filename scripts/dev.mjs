import { tryPort } from './free-port.mjs'
import { NEXT, run, runNode } from './run.mjs'

/**
 * Next's development server for the pages, and our own server for everything else behind it.
 *
 * @param {string[]} args More arguments for `next dev`.
 */
export async function dev(args) {
  const manifest = process.env.SAMED2D_MANIFEST ?? 'manifests/reference'
  const port = await tryPort(0, '127.0.0.1')
  const data = run(process.execPath, [
    'cli/samed2d.mjs',
    'serve',
    '--manifest',
    manifest,
    '--port',
    String(port),
  ])
  const env = { SAMED2D_DATA_SERVER: `http://127.0.0.1:${port}` }
  await Promise.race([runNode([NEXT, 'dev', ...args], { env }), data])
}
