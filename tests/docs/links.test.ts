import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { anchorOf } from './decisions'

const LINK = /\]\(([^)\s]+)\)/g

/** Text without fenced code: what stands there is no heading and no link. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '')

const anchorsOf = (text: string) =>
  [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

/** A path of the code in backticks; those of a recipe have a NAME or an ID to fill in. */
const CODE_PATH = /`((?:app|cli|components|data|lib|tests)\/[\w./-]+)`/g

async function documents(): Promise<string[]> {
  const docs = (await readdir('docs', { recursive: true })).filter(name => name.endsWith('.md'))
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map(name => join('docs', name))]
}

test('every path of the code that a document names is there', async () => {
  const gone: string[] = []
  let found = 0
  for (const path of await documents())
    for (const [, named = ''] of (await readFile(path, 'utf8')).matchAll(CODE_PATH)) {
      if (/\b(NAME|ID)\b/.test(named)) continue
      found++
      if (!existsSync(named)) gone.push(`${path}: ${named}`)
    }
  expect(gone).toEqual([])
  expect(found).toBeGreaterThan(50)
})

test('every link in a document leads to a file and a heading that are there', async () => {
  const paths = await documents()
  const dead: string[] = []
  let found = 0
  for (const path of paths)
    for (const [, link = ''] of prose(await readFile(path, 'utf8')).matchAll(LINK)) {
      if (/^[a-z]+:/.test(link)) continue
      found++
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      if (!existsSync(target)) dead.push(`${path}: ${link}`)
      else if (anchor && !anchorsOf(await readFile(target, 'utf8')).includes(anchor))
        dead.push(`${path}: ${link}`)
    }
  expect(dead).toEqual([])
  expect(found).toBeGreaterThan(100)
})

test('README names every document', async () => {
  const readme = await readFile('README.md', 'utf8')
  const names = (await readdir('docs')).filter(name => name.endsWith('.md'))
  expect(names.filter(name => !readme.includes(`(docs/${name})`))).toEqual([])
})
