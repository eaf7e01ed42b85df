import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../archive/temporary-archive'
import { indexText } from '../../fixtures/release'
import { makeZip, writeParts } from '../../fixtures/zip-writer'
import { FETCH_SPEC, type FetchRelease, fetchRelease, runFetch } from './fetch-release'
import { contents, LAYOUTS, picturesIn, sorted, target } from './fetch-target'

let release: FetchRelease
beforeAll(async () => {
  release = await fetchRelease()
  return release.remove
})

const CLASS_MAP = 'SAMed2D_v1_class_mapping_id.json'

/** The release, unpacked. */
async function unpacked(): Promise<string> {
  const dir = join(await temporaryFolder(), 'SAMed2Dv1')
  for (const path of release.paths) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), release.contentOf(path))
  }
  await writeFile(join(dir, 'SAMed2D_v1.json'), indexText(FETCH_SPEC.index))
  await writeFile(join(dir, CLASS_MAP), JSON.stringify(FETCH_SPEC.classMap))
  return dir
}

describe.each(LAYOUTS)('%s, from a folder', layout => {
  test('a subset of the manifest has the same files as from the archive; a second run keeps them', async () => {
    const folder = await unpacked()
    const { out, args } = await target(layout, release)
    const first = await runFetch(...args, '--archive', folder, '--where', 'dataset=BTCV')
    expect(first.code, first.lines).toBe(0)
    const wanted = release.paths.filter(path => path.includes('BTCV'))
    expect(picturesIn(await contents(layout, out, release))).toEqual(sorted(wanted))
    const again = await runFetch(...args, '--archive', folder, '--where', 'dataset=BTCV')
    expect(JSON.parse(again.output)).toMatchObject({ files: 0, skipped: wanted.length, missing: 0 })
  })
})

test('a list, absolute as find has it, with the class map', async () => {
  const folder = await unpacked()
  const some = release.paths.slice(0, 5)
  const list = join(dirname(folder), 'list.txt')
  await writeFile(list, [...some, CLASS_MAP].map(path => join(folder, path)).join('\n'))
  const out = join(dirname(folder), 'out')
  const { code, lines } = await runFetch('--subset', list, '--archive', folder, '--out', out)
  expect(code, lines).toBe(0)
  expect(picturesIn(await contents('folder', out, release))).toEqual(sorted(some))
  expect(JSON.parse(await readFile(join(out, CLASS_MAP), 'utf8'))).toEqual(FETCH_SPEC.classMap)
})

test('what leads out of the folder is refused by name, and nothing is fetched', async () => {
  const folder = await unpacked()
  const secret = join(dirname(folder), 'secret.png')
  await writeFile(secret, 'secret')
  const [first = ''] = release.paths
  await rm(join(folder, first))
  await symlink(secret, join(folder, first))
  await symlink(secret, join(folder, 'notes.txt'))
  const out = join(dirname(folder), 'out')
  const run = (...names: string[]) =>
    runFetch(...names.flatMap(name => ['--file', name]), '--archive', folder, '--out', out)
  const { code, lines } = await run(first, 'notes.txt', '../secret.png', '/etc/passwd')
  expect(code).toBe(1)
  expect(lines).toContain(
    '"notes.txt" cannot be read: a link that leads out of the folders that may be read; --allow-root',
  )
  expect(lines).toContain('"../secret.png" is not in the folder')
  expect(lines).toContain('"/etc/passwd" is not in the folder')
  expect(lines).toContain(`"${first}" cannot be read: a link that leads out`)
  expect(await readdir(dirname(folder))).not.toContain('out')

  const allowed = await runFetch(
    ...['--file', 'notes.txt', '--archive', folder, '--out', out],
    ...['--allow-root', dirname(folder)],
  )
  expect(allowed.code).toBe(0)
  expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('secret')
})

test.each([
  [
    'images',
    async (dir: string) => dirname(dir),
    /the release is in a folder of it; give .*SAMed2Dv1$/,
  ],
  [
    'an archive',
    async () => dirname(release.zip),
    /a folder with an archive in it; give .*a\.zip$/,
  ],
  ['nothing', temporaryFolder, /has no folder "images"; give the release's \.zip or its folder$/],
])('a folder with %s in it is refused with what to give', async (_, place, message) => {
  const { args } = await target('folder', release)
  const { code, lines } = await runFetch(...args, '--archive', await place(await unpacked()))
  expect([code, lines]).toEqual([1, expect.stringMatching(message)])
})

describe('files besides pictures', () => {
  test.each(LAYOUTS)('by name and with pictures, %s', async layout => {
    const { dir, out } = await target(layout, release)
    const list = join(dir, 'list')
    const some = release.paths.slice(0, 3)
    await writeFile(
      list,
      `SAMed2Dv1/SAMed2D_v1.json\n${some.join('\n')}\n./${CLASS_MAP}\nSAMed2D_v1.json\n`,
    )
    const rest = ['--archive', release.zip, '--out', out, '--layout', layout]
    const { code, lines } = await runFetch('--subset', list, ...rest)
    expect(code, lines).toBe(0)
    expect(lines).toContain('5 files,')
    const found = await contents(layout, out, release)
    expect(picturesIn(found)).toEqual(sorted(some))
    const index =
      layout === 'zip' ? found.get('SAMed2D_v1.json') : await readFile(join(out, 'SAMed2D_v1.json'))
    expect(index?.toString()).toBe(indexText(FETCH_SPEC.index))
    expect((await runFetch('--subset', list, ...rest)).code).toBe(0)
  })

  test('the two JSON files alone', async () => {
    const out = join(await temporaryFolder(), 'out')
    const names = ['--file', 'SAMed2D_v1.json', CLASS_MAP]
    const { code, lines } = await runFetch(...names, '--archive', release.zip, '--out', out)
    expect(code, lines).toBe(0)
    expect(sorted(await readdir(out))).toEqual(sorted(['SAMed2D_v1.json', CLASS_MAP]))
  })

  test('what the archive lacks is named', async () => {
    const out = join(await temporaryFolder(), 'out')
    const run = (...more: string[]) =>
      runFetch('--file', 'README.md', CLASS_MAP, '--archive', release.zip, '--out', out, ...more)
    const { code, lines } = await run()
    expect([code, lines]).toEqual([
      1,
      expect.stringContaining('1 name cannot be fetched: "README.md" is not in the archive'),
    ])
    expect((await run('--allow-missing')).code).toBe(0)
  })
})

test('entries of one name are refused by name', async () => {
  const dir = await temporaryFolder()
  const entry = (name: string, data: string) => ({ name: `R/${name}`, data: Buffer.from(data) })
  const [image, other] = ['images/ct_00--A--a--z_0001.png', 'images/ct_00--A--a--z_0002.png']
  const zip = await writeParts(
    dir,
    'a',
    makeZip([
      entry(image, 'first'),
      entry(other, 'other'),
      entry(image, 'second'),
      entry('notes.txt', 'one'),
      entry('notes.txt', 'two'),
    ]),
  )
  const list = join(dir, 'list')
  await writeFile(list, `${image}\n${other}\nnotes.txt\n`)
  const run = (...more: string[]) =>
    runFetch('--subset', list, '--archive', zip, '--out', join(dir, 'o'), ...more)
  const { code, lines } = await run()
  expect(code).toBe(1)
  expect(lines).toContain(`line 1: "${image}" is in the archive 2 times; which one is meant is not`)
  expect(lines).toContain('line 3: "notes.txt" is in the archive more than once (R/notes.txt, R/no')
  expect(await readdir(dir)).not.toContain('o')
  expect((await run('--allow-missing')).code).toBe(0)
  expect(await readdir(join(dir, 'o/images'))).toEqual([other.slice('images/'.length)])
})

test.each([
  [
    ['--manifest', 'M', '--subset', 'LIST'],
    /LIST: a list of files, which needs no manifest: leave out --manifest/,
  ],
  [
    ['--manifest', 'M', '--file', 'a.json'],
    /--file names files of the archive, and needs no manifest/,
  ],
  [
    ['--subset', 'RECIPE'],
    /RECIPE: a subset file, which selects images of a manifest; add --manifest DIR/,
  ],
  [['--subset', 'EMPTY'], /--subset .*EMPTY: names no file; give file names one per line/],
  [[], /give --subset FILE or --file NAME, or --manifest DIR and a filter/],
])('%j is refused', async (options, message) => {
  const dir = await temporaryFolder()
  await writeFile(join(dir, 'LIST'), release.paths.join('\n'))
  await writeFile(join(dir, 'EMPTY'), '# nothing\n')
  await writeFile(join(dir, 'RECIPE'), '{"format": "samed2d-subset", "version": 2}')
  const args = options.map(word =>
    word === 'M' ? release.manifest : /^[A-Z]+$/.test(word) ? join(dir, word) : word,
  )
  const { code, lines } = await runFetch(...args, '--archive', release.zip, '--out', join(dir, 'o'))
  expect(code).toBe(2)
  expect(lines).toMatch(message)
})

test('of a subset, a link that leads out is said to be one, not missing, and --allow-root reads it', async () => {
  const folder = await unpacked()
  const [first = ''] = release.paths
  const away = join(dirname(folder), 'away')
  await mkdir(away)
  await rename(join(folder, first), join(away, 'file.png'))
  await symlink(join(away, 'file.png'), join(folder, first))
  const { args } = await target('folder', release)
  const refused = await runFetch(...args, '--archive', folder)
  expect(refused.code).toBe(1)
  expect(refused.lines).toContain(
    `1 file could not be fetched, such as ${first}: a link that leads out of the folders that may be read; --allow-root`,
  )
  expect(refused.lines).toContain('or add --allow-missing to go without')
  const allowed = await runFetch(...args, '--archive', folder, '--allow-root', away)
  expect(allowed.code, allowed.lines).toBe(0)
})

test('masks/ that leads to a disk that is not connected stops the command', async () => {
  const folder = await unpacked()
  await rm(join(folder, 'masks'), { recursive: true })
  await symlink('/nowhere/masks', join(folder, 'masks'))
  const { args } = await target('folder', release)
  const { code, lines } = await runFetch(...args, '--archive', folder)
  expect(code).toBe(1)
  expect(lines).toMatch(/masks: a link to \/nowhere\/masks, where no folder can be found/)
})
