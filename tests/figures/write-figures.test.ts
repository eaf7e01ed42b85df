import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertReplaceable, moveFigures } from '../../lib/figures/write-figures.node.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
})
afterEach(() => rm(root, { recursive: true }))

const OLD = ['anatomy.csv', 'anatomy.svg', 'modality-donut.svg', 'comparison.csv', 'cite.bib']
const NEW = [
  'anatomy.csv',
  'anatomy.svg',
  'modality-table.csv',
  'comparison.csv',
  'comparison.md',
  'cite.bib',
]

async function fill(folder: string, names: readonly string[], text: string) {
  await mkdir(folder, { recursive: true })
  for (const name of names) await writeFile(join(folder, name), text)
}

async function contents(folder: string) {
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async name => [name, await readFile(join(folder, name), 'utf8')])),
  )
}

const all = (names: readonly string[], text: string) =>
  Object.fromEntries([...names].sort().map(name => [name, text]))

test('stopped at any move, complete files are left, and the next run replaces them all', async () => {
  for (let stopAt = 0; stopAt < NEW.length; stopAt++) {
    const [out, partial, again] = ['out', 'partial', 'again'].map(name =>
      join(root, `${stopAt}-${name}`),
    ) as [string, string, string]
    await fill(out, OLD, 'old')
    await fill(partial, NEW, 'new')
    let moves = 0
    const stopped = moveFigures(partial, out, async (from, to) => {
      if (moves++ === stopAt) throw new Error('killed')
      await rename(from, to)
    })
    await expect(stopped).rejects.toThrow('killed')
    const left = await contents(out)
    expect(Object.keys(left)).toEqual(expect.arrayContaining(OLD))
    // The table of all numbers is never newer than a figure.
    if (left['comparison.csv'] === 'new') expect(left['anatomy.svg']).toBe('new')

    await assertReplaceable(out)
    await fill(again, NEW, 'newer')
    await moveFigures(again, out)
    expect(await contents(out)).toEqual(all(NEW, 'newer'))
  }
})

test('a folder of which figures were removed by hand is replaced; any other folder is refused', async () => {
  const out = join(root, 'out')
  await assertReplaceable(out)
  await fill(out, ['anatomy.svg'], 'old')
  await assertReplaceable(out)
  await fill(out, ['thesis.tex', 'comparison.csv'], 'mine')
  await expect(assertReplaceable(out)).rejects.toThrow(/out: has 1 file .* such as thesis\.tex/)
  await writeFile(join(root, 'file'), '')
  await expect(assertReplaceable(join(root, 'file'))).rejects.toThrow('file: is a file')
})
