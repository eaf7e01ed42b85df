import { cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { temporaryFolder } from '../archive/temporary-archive'
import { listed, makeRelease, type TemporaryRelease } from '../fixtures/release'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { fakeEffects } from './fake-effects'

/** Names of folders that some program takes for a pattern, a query, an option, a quote or another name. */
const FOLDERS = [
  '[v1] q?x *.{a,b}',
  `it's "100%20" #1; $(touch x) \`x\` & a=b`,
  '-rf ',
  'a:b~ .e\u0301\u00e9 漢 😀 end.',
  'x'.repeat(200),
]

const STEM = 'ct_00--BTCV--img1--z_000'
const IMAGE = `images/${STEM}1.png`

let small: TemporaryRelease
beforeAll(async () => {
  small = await makeRelease({
    classMap: { BTCV: { liver: '0001', spleen: '0002' } },
    index: [1, 2, 3].map(i => listed(`${STEM}${i}`, '0001_000', '0002_000')),
    files: true,
  })
})
afterAll(() => small.remove())

/** All files of a folder as entries of an archive. */
async function entriesOf(dir: string) {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter(each =>
    each.isFile(),
  )
  return Promise.all(
    names.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return { name: `R/${path.slice(dir.length + 1)}`, data: await readFile(path) }
    }),
  )
}

async function run(...args: string[]): Promise<string> {
  const effects = fakeEffects()
  const code = await main(args, effects)
  expect(code, `${args.join(' ')}\n${effects.lines.join('\n')}`).toBe(0)
  return effects.output()
}

test.each(FOLDERS)(
  'every command works in %j',
  async name => {
    const dir = join(await temporaryFolder(), name)
    const folder = join(dir, 'R')
    await mkdir(dir)
    await cp(small.dir, folder, { recursive: true })
    const zip = await writeParts(dir, 'a', makeZip(await entriesOf(folder), { partBytes: [900] }))
    const manifest = join(dir, 'm')
    for (const source of [folder, zip]) {
      await run('ingest', source, '--out', manifest)
      await run('measure', '--manifest', manifest, '--images', source)
    }
    await run('verify', '--manifest', manifest, '--images', zip, '--all')
    expect(JSON.parse(await run('stats', '--manifest', manifest, '--json'))).toBeTruthy()
    await run('ledger', '--manifest', manifest)
    await run('reference', '--out', join(dir, 'reference'), '--scale', '0.00001')
    if (name === FOLDERS[0])
      await run('figures', '--manifest', manifest, '--images', zip, '--out', join(dir, 'f'))
    for (const format of ['csv', 'parquet', 'coco']) {
      const list = join(dir, `s.${format}`)
      await run('subset', '--manifest', manifest, '--format', format, '--out', list)
      const out = join(dir, `of ${format}`)
      await run('fetch', '--subset', list, '--archive', zip, '--out', out)
      // COCO has no annotation for a mask without a pixel, as these are.
      expect(await readdir(join(out, 'masks'))).toHaveLength(format === 'coco' ? 0 : 6)
      expect(await readdir(join(out, 'images'))).toHaveLength(3)
      await run('subset', '--manifest', manifest, '--subset', `${list}.subset.json`)
    }
    for (const archive of [zip, folder])
      for (const layout of ['folder', 'tar', 'zip']) {
        const out = join(dir, `${layout} of ${archive === zip ? 'a.zip' : 'R.zip'}`)
        const from = ['--manifest', manifest, '--archive', archive]
        await run('fetch', ...from, '--layout', layout, '--out', out)
        if (layout === 'zip') await run('ingest', out, '--out', join(dir, 'again'))
        if (layout === 'folder')
          expect(await readFile(join(out, IMAGE))).toEqual(await readFile(join(folder, IMAGE)))
      }
  },
  300_000,
)
