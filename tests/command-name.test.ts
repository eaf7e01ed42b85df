import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine } from '../lib/command-line'
import { command, commandName, pagePlace, shownPlace } from '../lib/command-name.node.ts'
import { PACKAGE_ROOT } from '../lib/package-root.node.ts'

let dir: string
beforeAll(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'samed2d name-')))
})
afterAll(() => rm(dir, { recursive: true }))

/** Install a package: its folder, and what npm puts beside it. */
async function installed(...above: string[]): Promise<string> {
  const root = join(dir, ...above, 'node_modules', 'samed2d')
  await mkdir(join(root, 'cli'), { recursive: true })
  await writeFile(join(root, 'cli', 'samed2d.mjs'), '')
  await chmod(join(root, 'cli', 'samed2d.mjs'), 0o755)
  return root
}

const nameIn = (root: string, cwd: string, path: readonly string[] = []) =>
  commandName({ root, cwd, path: path.join(delimiter), isClone: false })

test('within a clone npx finds it, elsewhere it is the path of the script', () => {
  const clone = { root: '/home/me/explorer', isClone: true, path: '' }
  expect(commandName({ ...clone, cwd: '/home/me/explorer' })).toBe('npx samed2d')
  expect(commandName({ ...clone, cwd: '/home/me/explorer/docs' })).toBe('npx samed2d')
  expect(commandName({ ...clone, cwd: '/home/me/explorer-2' })).toBe(
    'node /home/me/explorer/cli/samed2d.mjs',
  )
  expect(commandName()).toBe('npx samed2d')
})

test.each([
  ['file:../../../my work/samed2d-0.2.0.tgz', 'my work', "npx './samed2d-0.2.0.tgz'"],
  ['file:../../../my work/samed2d-0.2.0.tgz', 'my work/below', 'npx ABSOLUTE'],
  ['^0.2.0', 'my work', 'npx samed2d'],
  ['https://example.org/samed2d.tgz', 'my work', 'npx https://example.org/samed2d.tgz'],
])('npx of %s is said in %s as %s', async (spec, cwd, wanted) => {
  const root = await installed('cache', '_npx', '0123')
  const note = JSON.stringify({ dependencies: { samed2d: spec } })
  await writeFile(join(dir, 'cache', '_npx', '0123', 'package.json'), note)
  const absolute = `'${join(dir, 'my work', 'samed2d-0.2.0.tgz')}'`
  // npx puts its own folder of programs first.
  const bin = join(dir, 'cache', '_npx', '0123', 'node_modules', '.bin')
  expect(nameIn(root, join(dir, cwd), [bin])).toBe(
    wanted.replace('ABSOLUTE', absolute).replace("'./samed2d-0.2.0.tgz'", './samed2d-0.2.0.tgz'),
  )
})

test.skipIf(process.platform === 'win32')('a global install is called by its name', async () => {
  const root = await installed('global', 'lib')
  const bin = join(dir, 'global', 'bin')
  await mkdir(bin)
  await symlink(join(root, 'cli', 'samed2d.mjs'), join(bin, 'samed2d'))
  expect(nameIn(root, dir, ['/usr/bin', bin])).toBe('samed2d')
  // Not on the PATH, or another one of that name is.
  const byPath = `node '${join(root, 'cli', 'samed2d.mjs')}'`
  expect(nameIn(root, dir, ['/usr/bin'])).toBe(byPath)
  expect(nameIn(await installed('other', 'lib'), dir, [bin])).toContain(join('other', 'lib'))
})

test('a project that has it calls it by npx, from anywhere below', async () => {
  const root = await installed('project')
  await mkdir(join(dir, 'project', 'node_modules', '.bin'))
  expect(nameIn(root, join(dir, 'project', 'src'))).toBe('npx samed2d')
  expect(nameIn(root, dir)).toContain('node ')
})

test('words are quoted for the shell, and places said as one would type them', () => {
  expect(commandLine('npx samed2d', 'stats', '--where', "modality=CT&label=a'b")).toBe(
    `npx samed2d stats --where 'modality=CT&label=a'\\''b'`,
  )
  expect(command('serve', '--manifest', 'my manifest')).toBe(
    "npx samed2d serve --manifest 'my manifest'",
  )
  expect(pagePlace(join(process.cwd(), 'manifests', 'reference'))).toEqual({
    samed2d: 'npx samed2d',
    manifest: join('manifests', 'reference'),
  })
  // Pages may be seen from elsewhere.
  expect(pagePlace('/data/release').manifest).toBe('path/to/release')
  expect(shownPlace('/data/release', '/home/me')).toBe('/data/release')
  expect(shownPlace('.', '/home/me')).toBe('.')
  expect(shownPlace('https://example.org/m/')).toBe('https://example.org/m/')
})

test('the package’s folder is the one of package.json', () => {
  expect(PACKAGE_ROOT).toBe(process.cwd())
})
