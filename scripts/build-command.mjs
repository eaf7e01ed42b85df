import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from './root.mjs'

/**
 * Bundled files lie side by side, so `new URL('./start-worker.node.mjs', import.meta.url)` names
 * the same thread from every one of them as it does in the sources.
 */
const ENTRY_POINTS = {
  main: 'cli/main.ts',
  'start-directory.node': 'lib/locator/directory-thread.node.ts',
  'start-worker.node': 'lib/measure/worker.node.ts',
}

/** Bundled CommonJS packages ask for Node's own modules by `require`, which ESM does not have. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)`

/**
 * Bundle the command line for the npm package: our sources and every package that is not in
 * `dependencies`. Those are installed by npm, as they hold binaries or fonts.
 *
 * @param {string} [out] Folder to write; replaced as a whole.
 */
export async function buildCommand(out = join(ROOT, 'dist', 'command')) {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const partial = `${out}.partial-${process.pid}`
  await mkdir(dirname(out), { recursive: true })
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: ENTRY_POINTS,
      outdir: partial,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      // A command loads its own code only, as in the sources.
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.9',
      external: Object.keys(dependencies),
      banner: { js: REQUIRE },
      // All in one file, below.
      legalComments: 'none',
      logLevel: 'warning',
    })
    await rm(out, { recursive: true, force: true })
    await rename(partial, out)
    await writeFile(join(dirname(out), 'licences.txt'), await licenceTexts())
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/**
 * The licences of all third-party packages whose code the package holds: those that NOTICE names and that
 * are installed here. Binaries for other systems are installed by npm, with their own texts.
 */
async function licenceTexts() {
  const notice = await readFile(join(ROOT, 'NOTICE'), 'utf8')
  const lists = notice.slice(notice.indexOf('\n0BSD\n')).matchAll(/^ {2}(\S.*)$/gm)
  const names = [...lists].flatMap(([, list = '']) => list.split(',').map(name => name.trim()))
  const folders = names
    .filter(name => name !== '')
    .map(name => join('node_modules', name))
    .filter(folder => existsSync(join(ROOT, folder, 'package.json')))
  const texts = await Promise.all(folders.sort().map(licenceOf))
  return `This package holds code of, or runs with, these packages.\n\n${texts.join('\n')}`
}

/** @param {string} folder Of a package, from the project's root. */
async function licenceOf(folder) {
  const read = (/** @type {string} */ name) => readFile(join(ROOT, folder, name), 'utf8')
  const { name, version, license } = JSON.parse(await read('package.json'))
  const files = (await readdir(join(ROOT, folder))).filter(file =>
    /^(licen[cs]e|notice)/i.test(file),
  )
  const texts = await Promise.all(files.sort().map(read))
  const title = `${name} ${version} (${license ?? 'its package.json names no licence'})`
  return [`${title}\n${'='.repeat(title.length)}`, ...texts.map(text => text.trim()), ''].join(
    '\n\n',
  )
}
