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

test('every link in a document leads to a file and a heading that are there', async () => {
  const docs = (await readdir('docs', { recursive: true })).filter(name => name.endsWith('.md'))
  const paths = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...docs.map(name => join('docs', name)),
  ]
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
