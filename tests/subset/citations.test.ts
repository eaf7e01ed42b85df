import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { credits } from '../../cli/subset'
import { creditsOf } from '../../components/subset/credits-of'
import known from '../../data/citations.json'
import datasets from '../../data/datasets.json'
import { BIBTEX } from '../../lib/figures/published'
import { bibtexOf, citationsOf, TOOL } from '../../lib/subset/citations'
import { creditsText } from '../../lib/subset/credits'
import { recipeOf } from '../../lib/subset/recipe'
import packageJson from '../../package.json'

/** Entries of a BibTeX text: key → fields. Throws where braces do not balance or a key comes twice. */
function parseBibtex(text: string): Map<string, Map<string, string>> {
  const entries = new Map<string, Map<string, string>>()
  let at = 0
  const closing = (open: number): number => {
    let depth = 0
    for (let i = open; i < text.length; i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '{') depth++
      else if (text[i] === '}' && --depth === 0) return i
    }
    throw new Error(`brace at ${open} is not closed`)
  }
  for (const start of text.matchAll(/@(\w+)\{([^,{}\s]+),/g)) {
    if (start.index < at) throw new Error(`an entry within another, at ${start.index}`)
    const end = closing(start.index + start[0].indexOf('{'))
    const fields = new Map<string, string>()
    let rest = start.index + start[0].length
    for (;;) {
      const field = /^\s*(\w+)\s*=\s*(?=\{)/.exec(text.slice(rest, end))
      if (!field) break
      const open = rest + field[0].length
      const close = closing(open)
      fields.set(field[1] ?? '', text.slice(open + 1, close))
      rest = close + 1
      if (text[rest] === ',') rest++
    }
    expect(text.slice(rest, end).trim()).toBe('')
    const key = start[2] ?? ''
    if (entries.has(key)) throw new Error(`${key} comes twice`)
    entries.set(key, fields)
    at = end
  }
  // An entry that the pattern above did not find would be left out silently.
  expect(entries.size).toBe([...text.matchAll(/^@/gm)].length)
  return entries
}

const NONE = () => []
const FACTS = { name: 's', manifest: 'm', recipe: 'r', bibtex: BIBTEX }
const RELEASE = [...parseBibtex(BIBTEX).keys()]

test('each entry has title, authors, year and an address that states them, and is of a dataset', () => {
  const used = new Set(known.datasets.flatMap(one => one.cite))
  expect(new Set(known.entries.map(one => one.key))).toEqual(used)
  expect(used.size).toBe(known.entries.length)
  for (const { key, type, authors, title, year, sources, ...rest } of known.entries) {
    expect(['article', 'inproceedings', 'misc'], key).toContain(type)
    expect(title.length, key).toBeGreaterThan(10)
    expect(authors.length, key).toBeGreaterThan(1)
    for (const author of authors) expect(author, key).toMatch(/^([^,]+, [^,]+|\{.+\}|others)$/)
    expect(authors.slice(0, -1), key).not.toContain('others')
    expect(year, key).toBeGreaterThan(2000)
    expect(sources.length, key).toBeGreaterThan(0)
    for (const source of sources) expect(source, key).toMatch(/^https?:\/\/\S+$/)
    if ('doi' in rest && rest.doi) expect(rest.doi, key).toMatch(/^10\.\d{4,}\/\S+$/)
    if ('arxiv' in rest && rest.arxiv) expect(rest.arxiv, key).toMatch(/^\d{4}\.\d{4,5}$/)
  }
})

test('citations are of datasets that there are, each named once', () => {
  const all = new Set(datasets.datasets.map(one => one.dataset))
  const names = known.datasets.map(one => one.dataset)
  expect(names.filter(name => !all.has(name))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
  expect(citationsOf('no such dataset')).toEqual([])
  expect(citationsOf('BraTS2019')).toEqual(citationsOf('BraTS2020'))
})

test('BibTeX of all entries parses, with their fields', () => {
  const parsed = parseBibtex([TOOL, ...citationsOf('mnms2')].map(bibtexOf).join('\n'))
  expect([...parsed.keys()]).toEqual(['samed2d_explorer', 'martinisla2023mnms2'])
  expect(parsed.get('martinisla2023mnms2')?.get('title')).toContain('The M\\&Ms Challenge')
  expect(parsed.get('martinisla2023mnms2')?.get('journal')).toMatch(/^IEEE Journal/)
  expect(parsed.get('martinisla2023mnms2')?.get('author')).toMatch(/ and others$/)
  const every = datasets.datasets.map(one => one.dataset)
  expect(parseBibtex(creditsText(every, NONE, FACTS)).size).toBe(
    RELEASE.length + 1 + known.entries.length,
  )
})

test('credits of each dataset, and of several, hold exactly its entries', () => {
  const keysOf = (names: string[]) => [...parseBibtex(creditsText(names, NONE, FACTS)).keys()]
  for (const { dataset } of datasets.datasets)
    expect(keysOf([dataset]), dataset).toEqual([
      ...RELEASE,
      TOOL.key,
      ...citationsOf(dataset).map(one => one.key),
    ])
  expect(keysOf(['BraTS2013', 'BraTS2021', 'COSMOS2022'])).toEqual([
    ...RELEASE,
    TOOL.key,
    'menze2015brats',
    'baid2021brats',
    'bakas2017brats',
  ])
})

test('a dataset without a known citation says so', () => {
  const text = creditsText(['COSMOS2022', 'ACDC'], NONE, FACTS)
  expect(text).toContain('- COSMOS2022: unknown: ask the publishers\n  no citation known')
  expect(text).toContain('- ACDC: unknown: ask the publishers\n  cite: bernard2018acdc')
})

test('the tool is cited as package.json and CITATION.cff have it, without a DOI', () => {
  const cff = readFileSync(new URL('../../CITATION.cff', import.meta.url), 'utf8')
  const { version, license, description } = packageJson
  expect(cff).toContain(`\nversion: ${version}\nlicense: ${license}\n`)
  expect(cff).toContain(`\ntitle: ${TOOL.title}\n`)
  expect(cff.replace(/\s+/g, ' ')).toContain(description)
  expect(TOOL.authors).toEqual([`{${/- name: (.+)/.exec(cff)?.[1]}}`])
  expect(TOOL.note).toBe(`Software, version ${version}, ${license}`)
  expect(`${cff}${bibtexOf(TOOL)}`).not.toMatch(/doi/i)
})

test('page and command line give the same credits', () => {
  const names = ['ACDC', 'KiTS2021', 'cranium']
  const manifest = { id: 'f'.repeat(64), name: 'M', simulated: true }
  const recipe = { ...recipeOf(''), name: 's', manifest: manifest.id }
  const page = creditsOf(manifest, recipe, { datasets: names })
  const command = credits({ recipe, datasets: names }, { manifest })
  expect(page).toBe(command)
  expect(page).toContain('heller2023kits21')
})
