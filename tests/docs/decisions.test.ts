import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { decisionsIndex, readArea } from './decisions'

test('docs/decisions.md lists every decision, with date and status', async () => {
  const files = (await readdir('docs/decisions')).toSorted()
  const areas = await Promise.all(
    files.map(async file => readArea(file, await readFile(`docs/decisions/${file}`, 'utf8'))),
  )
  await expect(decisionsIndex(areas)).toMatchFileSnapshot('../../docs/decisions.md')
})

test('a decision without date or status is named', () => {
  const area = readArea('x.md', '# Decisions: x\n\n## One\n\n2026-01-02 · accepted\n\nWhy.\n')
  expect(area.decisions).toEqual([{ title: 'One', dates: ['2026-01-02'], status: 'accepted' }])
  expect(() => readArea('x.md', '# Decisions: x\n\n## Two\n\nWhy.\n')).toThrow(
    'x.md, "Two": no line such as "2026-11-30 · accepted" below it',
  )
})
