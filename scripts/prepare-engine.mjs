import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { ROOT } from './root.mjs'
import { StepFailed } from './step-failed.mjs'

const TARGET = join(ROOT, 'dist', 'engine')

/** Quality 7 takes 2 s for the largest file; 9 takes 7 s and saves 2 %. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_LGWIN]: 24 },
}

/** Both compressed forms, for browsers take br on https and localhost only; whoever takes neither is served from gz. */
const FORMS = [
  {
    suffix: '.br',
    encode: (/** @type {Buffer} */ data) => promisify(brotliCompress)(data, BROTLI),
  },
  { suffix: '.gz', encode: (/** @type {Buffer} */ data) => promisify(gzip)(data) },
]

/**
 * Copy the engines' files out of their packages, compressed for the wire. Names carry the version,
 * so a file that is there is current.
 */
export async function prepareEngine() {
  const table = await readFile(join(ROOT, 'lib', 'engine', 'assets.json'), 'utf8')
  /** @type {import('../lib/engine/assets').EngineAsset[]} */
  const assets = Object.values(JSON.parse(table))
  await mkdir(TARGET, { recursive: true })
  const present = new Set(await readdir(TARGET))
  const wanted = new Set(assets.flatMap(({ file }) => FORMS.map(({ suffix }) => file + suffix)))
  await Promise.all(assets.map(asset => prepare(asset, present)))
  for (const name of present) if (!wanted.has(name)) await rm(join(TARGET, name), { force: true })
}

/**
 * @param {import('../lib/engine/assets').EngineAsset} asset
 * @param {Set<string>} present
 */
async function prepare(asset, present) {
  const missing = FORMS.filter(({ suffix }) => !present.has(asset.file + suffix))
  if (missing.length === 0) return
  const from = join(ROOT, 'node_modules', asset.package)
  const { version } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'))
  if (version !== asset.version)
    throw new StepFailed(
      `lib/engine/assets.json names ${asset.package} ${asset.version}, but ${version} is installed; update one of them`,
    )
  const data = await readFile(join(from, asset.source))
  await Promise.all(
    missing.map(async ({ suffix, encode }) => {
      const path = join(TARGET, asset.file + suffix)
      // Under another name until it is whole; several processes may do this at once.
      const partial = `${path}.partial-${process.pid}`
      await writeFile(partial, await encode(data))
      await rename(partial, path)
    }),
  )
}
