import { expect, test } from 'vitest'
import { findCycles, parseImports, reachedFrom, readImportGraph } from './import-graph'

/** What any file of lib may use. */
const BASICS = [
  'lib/errors.ts',
  'lib/sql.ts',
  'lib/format.ts',
  'lib/csv.ts',
  'lib/nearest-names.ts',
  'lib/json-tokenizer.ts',
  'lib/command-line.ts',
  'lib/command-name.node.ts',
  'lib/package-root.node.ts',
  'lib/retry-locked.node.ts',
  'lib/async/',
]

interface Rule {
  /** Files that it is for: `*` stands for anything within a folder, a final `/` for all below. */
  readonly files: string
  /** Files that they may import, beside those of their own folder. */
  readonly to: readonly string[]
  /** Packages that they may import; `node:` for those of Node. */
  readonly packages?: readonly string[]
  /** Packages of which they may import the types only. */
  readonly typesOf?: readonly string[]
}

const writers = [
  'lib/release/',
  'lib/taxonomy/',
  'lib/manifest/',
  'lib/store/',
  'lib/queries/',
  'lib/counts/',
  'lib/engine/',
  'data/',
]
const react = ['react', 'react-dom', 'next']

/** Who may import what: the first rule that names a file counts, and a file that none names fails. */
const RULES: readonly Rule[] = [
  { files: 'data/', to: [] },
  { files: 'lib/*.node.ts', to: BASICS, packages: ['node:'] },
  { files: 'lib/json-tokenizer.ts', to: [], packages: ['@streamparser/json'] },
  { files: 'lib/*', to: BASICS },
  { files: 'lib/network/', to: BASICS, packages: ['undici'] },
  { files: 'lib/http/*.node.ts', to: [...BASICS, 'lib/network/'], packages: ['node:'] },
  { files: 'lib/http/', to: ['lib/errors.ts'] },
  {
    files: 'lib/engine/*.browser.ts',
    to: [...BASICS, 'lib/manifest/'],
    packages: ['@duckdb/duckdb-wasm', 'apache-arrow', 'parquet-wasm', '@noble/hashes'],
  },
  {
    files: 'lib/engine/*.node.ts',
    to: [...BASICS, 'lib/manifest/', 'lib/http/'],
    packages: ['node:', '@duckdb/node-api'],
  },
  { files: 'lib/engine/', to: [...BASICS, 'lib/manifest/'] },
  {
    files: 'lib/store/',
    to: [
      ...BASICS,
      'lib/manifest/',
      'lib/engine/',
      'lib/http/',
      'lib/network/',
      'lib/filter/',
      'lib/queries/',
      'lib/counts/',
      'lib/cube/',
      'lib/release/',
    ],
    packages: ['node:'],
  },
  { files: 'lib/async/', to: ['lib/errors.ts'], packages: ['node:'] },
  { files: 'lib/manifest/', to: [...BASICS, 'package.json', 'data/'], packages: ['zod'] },
  { files: 'lib/axes/', to: [...BASICS, 'lib/manifest/', 'data/'] },
  { files: 'lib/release/', to: [...BASICS, 'lib/manifest/', 'data/'] },
  { files: 'lib/taxonomy/', to: [...BASICS, 'data/'] },
  { files: 'lib/filter/', to: [...BASICS, 'lib/manifest/', 'lib/axes/'] },
  {
    files: 'lib/queries/',
    to: [...BASICS, 'lib/manifest/', 'lib/filter/', 'lib/counts/', 'lib/engine/engine.ts'],
  },
  {
    files: 'lib/cube/*.browser.ts',
    to: [...BASICS, 'lib/engine/', 'lib/manifest/', 'lib/filter/', 'lib/queries/', 'lib/counts/'],
    packages: ['apache-arrow'],
  },
  { files: 'lib/cube/*.node.ts', to: [...BASICS, 'lib/engine/', 'lib/manifest/'] },
  {
    files: 'lib/cube/',
    to: [
      ...BASICS,
      'lib/manifest/',
      'lib/filter/',
      'lib/queries/',
      'lib/counts/',
      'lib/engine/parquet-messages.ts',
    ],
  },
  {
    files: 'lib/charts/',
    to: [...BASICS, 'lib/manifest/', 'lib/taxonomy/', 'data/'],
    typesOf: ['vega', 'vega-lite'],
  },
  {
    files: 'lib/gallery/',
    to: [
      ...BASICS,
      'lib/filter/view-keys.ts',
      'lib/manifest/',
      'lib/axes/',
      'lib/queries/',
      'lib/counts/',
    ],
  },
  { files: 'lib/body-map/', to: [...BASICS, 'lib/charts/', 'lib/manifest/', 'lib/taxonomy/'] },
  {
    files: 'lib/figures/*.browser.ts',
    to: [],
    packages: ['vega', 'vega-lite', 'vega-interpreter'],
  },
  {
    files: 'lib/figures/*.node.ts',
    to: [
      ...BASICS,
      'lib/store/',
      'lib/cube/',
      'lib/manifest/',
      'lib/filter/',
      'lib/queries/',
      'lib/counts/',
      'lib/http/',
      'lib/images/',
      'lib/archive/crc32.node.ts',
    ],
    packages: [
      'node:',
      'vega',
      'vega-lite',
      'vega-scenegraph',
      '@resvg/resvg-js',
      'fontkit',
      'pdfkit',
      'svg-to-pdfkit',
    ],
  },
  {
    files: 'lib/figures/',
    to: [
      ...BASICS,
      'lib/manifest/',
      'lib/filter/',
      'lib/queries/',
      'lib/counts/',
      'lib/charts/',
      'lib/body-map/',
      'lib/taxonomy/',
      'data/',
    ],
    typesOf: ['vega-lite'],
  },
  {
    files: 'lib/ingest/',
    to: [...BASICS, ...writers, 'lib/archive/', 'lib/locator/'],
    packages: ['node:', '@streamparser/json'],
    typesOf: ['@duckdb/node-api'],
  },
  {
    files: 'lib/reference/',
    to: [...BASICS, ...writers],
    packages: ['node:', 'highs', 'zod'],
    typesOf: ['@duckdb/node-api'],
  },
  { files: 'lib/archive/*.node.ts', to: [...BASICS, 'lib/network/'], packages: ['node:'] },
  { files: 'lib/archive/', to: [...BASICS, 'lib/network/proxy-error.ts'] },
  {
    files: 'lib/locator/',
    to: [...BASICS, 'lib/store/', 'lib/manifest/', 'lib/release/', 'lib/archive/', 'lib/engine/'],
    packages: ['node:', 'tsx'],
  },
  {
    files: 'lib/verify/',
    to: [
      ...BASICS,
      'lib/store/',
      'lib/manifest/',
      'lib/release/',
      'lib/archive/',
      'lib/engine/',
      'lib/queries/',
      'lib/counts/',
    ],
    packages: ['node:'],
  },
  { files: 'lib/png/*.node.ts', to: [...BASICS, 'lib/archive/'], packages: ['node:'] },
  // Browsers will decode with it too.
  { files: 'lib/png/', to: [] },
  {
    files: 'lib/images/',
    to: [
      ...BASICS,
      'lib/png/',
      'lib/store/',
      'lib/manifest/',
      'lib/release/',
      'lib/archive/',
      'lib/engine/',
      'lib/http/',
      'lib/charts/colors.ts',
    ],
    packages: ['node:', 'sharp', 'zod'],
  },
  {
    files: 'lib/measure/',
    to: [
      ...BASICS,
      'lib/store/',
      'lib/manifest/',
      'lib/images/',
      'lib/png/',
      'lib/archive/',
      'lib/engine/',
    ],
    packages: ['node:', 'tsx'],
  },
  {
    files: 'lib/doctor/',
    to: [...BASICS, 'lib/archive/', 'lib/store/path-lock.node.ts'],
    packages: ['node:'],
  },
  { files: 'lib/split/', to: [...BASICS, 'lib/queries/seeded-hash.ts', 'data/'] },
  {
    files: 'lib/subset/',
    to: [
      ...BASICS,
      'lib/store/',
      'lib/split/',
      'lib/manifest/',
      'lib/release/',
      'lib/archive/',
      'lib/engine/',
      'lib/filter/',
      'lib/queries/',
      'lib/counts/',
      'lib/locator/',
      'lib/http/',
      'lib/images/',
      'lib/catalog/licences.ts',
      'data/',
    ],
    packages: ['node:', 'zod', 'fflate', '@streamparser/json'],
  },
  {
    files: 'lib/workbench/*.browser.ts',
    to: [...BASICS, 'lib/engine/', 'lib/manifest/'],
    packages: ['@duckdb/duckdb-wasm', 'apache-arrow'],
  },
  {
    files: 'lib/workbench/',
    to: [...BASICS, 'lib/manifest/', 'lib/filter/', 'lib/axes/'],
    packages: ['apache-arrow'],
  },
  {
    files: 'lib/catalog/*.node.ts',
    to: [...BASICS, 'data/', 'lib/filter/', 'lib/manifest/', 'lib/queries/', 'lib/counts/'],
    packages: ['node:'],
  },
  {
    files: 'lib/catalog/',
    to: [
      ...BASICS,
      'data/',
      'lib/axes/',
      'lib/filter/',
      'lib/manifest/',
      'lib/split/overlap-pairs.ts',
    ],
  },
  {
    files: 'lib/ledger/',
    to: [...BASICS, 'data/', 'lib/catalog/', 'lib/manifest/', 'lib/release/', 'lib/taxonomy/'],
  },
  {
    files: 'lib/first/*.node.ts',
    to: [
      ...BASICS,
      'lib/store/',
      'lib/command-line.ts',
      'lib/cube/',
      'lib/filter/',
      'lib/manifest/',
      'lib/queries/',
      'lib/counts/',
    ],
  },
  { files: 'lib/counts/', to: [...BASICS, 'lib/manifest/', 'lib/filter/', 'lib/taxonomy/'] },
  {
    files: 'lib/first/',
    to: ['lib/command-line.ts', 'lib/filter/', 'lib/manifest/', 'lib/counts/', 'lib/queries/'],
  },
  // What answers requests: it may ask all of lib.
  { files: 'lib/server/', to: ['lib/'], packages: ['node:'] },
  {
    files: 'components/palette/',
    to: ['components/', 'lib/'],
    packages: [...react, 'radix-ui', 'lucide-react', 'cmdk'],
  },
  {
    files: 'components/sql/',
    to: ['components/', 'lib/'],
    packages: [
      ...react,
      'lucide-react',
      '@tanstack/react-virtual',
      '@lezer/highlight',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/lang-sql',
      '@codemirror/language',
      '@codemirror/state',
      '@codemirror/view',
    ],
    typesOf: ['apache-arrow'],
  },
  {
    files: 'components/charts/vega-chart.tsx',
    to: ['lib/', 'components/deferred/'],
    packages: [...react, 'react-vega', 'vega', 'vega-embed', 'vega-interpreter', 'vega-lite'],
  },
  {
    files: 'components/charts/export-chart.ts',
    to: ['lib/'],
    packages: ['vega', 'vega-interpreter', 'vega-lite'],
  },
  {
    files: 'components/',
    to: ['lib/'],
    packages: [...react, 'radix-ui', 'lucide-react'],
    typesOf: ['vega', 'vega-lite', 'vega-embed'],
  },
  {
    files: 'app/',
    to: [...BASICS, 'components/', 'lib/first/'],
    packages: react,
  },
  {
    files: 'scripts/',
    to: ['lib/engine/assets.ts'],
    packages: ['node:', '@playwright/test', 'esbuild'],
  },
  { files: 'cli/', to: ['lib/', 'scripts/'], packages: ['node:', 'commander', 'tsx'] },
]

const graph = readImportGraph(['app', 'components', 'lib', 'cli', 'scripts', 'data'])
const files = [...graph.values()]

test('imports go one way', () => {
  const forbidden = files.flatMap(file => {
    const rule = RULES.find(({ files }) => matches(files, file.path))
    if (!rule) return [`${file.path}: no rule names it`]
    return file.imports
      .filter(({ to, isPackage, isType }) =>
        isPackage
          ? !rule.packages?.includes(to) && !(isType && rule.typesOf?.includes(to))
          : ![folderOf(rule.files), ...rule.to].some(pattern => matches(pattern, to)),
      )
      .map(({ to }) => `${file.path} → ${to}`)
  })
  expect(forbidden).toEqual([])
})

test('nothing imports itself through others', () => {
  expect(findCycles(graph).map(cycle => cycle.join(' → '))).toEqual([])
})

test('no two folders import each other, directly or through others', () => {
  const folders = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    const from = folderIn(path)
    const to = imports.filter(each => !each.isPackage).map(each => folderIn(each.to))
    const known = folders.get(from) ?? new Set()
    for (const folder of to) if (folder !== from) known.add(folder)
    folders.set(from, known)
  }
  const graph = new Map(
    [...folders].map(([path, to]) => [
      path,
      {
        path,
        isClient: false,
        imports: [...to].map(each => ({ to: each, isPackage: false, isType: false })),
      },
    ]),
  )
  expect(findCycles(graph).map(cycle => cycle.join(' → '))).toEqual([])
})

/** The folder that stands for one concept: of `lib` and `components` the second, else the first. */
function folderIn(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/')
  if (top !== 'lib' && top !== 'components') return top
  // What lies in the top folder itself belongs to nobody: each file stands for itself.
  return rest.length === 0 ? path : `${top}/${second}`
}

test('what runs anywhere imports nothing of Node or of the browser', () => {
  const mixed = files
    .filter(({ path }) => path.startsWith('lib/'))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ isType }) => !isType)
        .filter(
          ({ to }) =>
            (isNode(to) && !isNode(path)) ||
            (to.includes('.browser.') && !path.includes('.browser.')),
        )
        .map(({ to }) => `${path} → ${to}`),
    )
  expect(mixed).toEqual([])
})

test('no component and no client code reaches Node', () => {
  const client = files.filter(({ path, isClient }) => isClient || path.startsWith('components/'))
  const reached = reachedFrom(
    client.map(({ path }) => path),
    graph,
  )
  const nodes = [...reached].filter(
    ([path]) =>
      isNode(path) || graph.get(path)?.imports.some(({ to, isType }) => to === 'node:' && !isType),
  )
  expect(nodes.map(([path, via]) => `${via} → ${path}`)).toEqual([])
})

test('no command reaches the browser', () => {
  const reached = reachedFrom(
    files.map(({ path }) => path).filter(path => path.startsWith('cli/')),
    graph,
  )
  const browser = [...reached].filter(([path]) => path.includes('.browser.'))
  expect(browser.map(([path, via]) => `${via} → ${path}`)).toEqual([])
})

test('every way to import is seen', () => {
  const { isClient, imports } = parseImports(
    'lib/charts/example.ts',
    `'use client'
     import { a } from '../sql'
     import type { b } from '../errors'
     import { type c } from 'vega-lite'
     import './side-effect'
     export { d } from '@scope/name/deep'
     export type { e } from '../format'
     const f = () => import('node:fs')
     let g: import('zod').ZodType
     new Worker(new URL('./worker.browser.ts', import.meta.url))
     new URL('./not-a-module', location.href)`,
  )
  expect(isClient).toBe(true)
  expect(imports.map(({ to, isType }) => (isType ? `type ${to}` : to))).toEqual([
    'lib/sql.ts',
    'type lib/errors.ts',
    'type vega-lite',
    'lib/charts/side-effect',
    '@scope/name',
    'type lib/format.ts',
    'node:',
    'type zod',
    'lib/charts/worker.browser.ts',
  ])
})

test('a cycle is found once', () => {
  const file = (path: string, ...to: string[]) =>
    [
      path,
      {
        path,
        isClient: false,
        imports: to.map(each => ({ to: each, isPackage: false, isType: true })),
      },
    ] as const
  const circle = new Map([file('a', 'b'), file('b', 'c', 'd'), file('c', 'b'), file('d')])
  expect(findCycles(circle)).toEqual([['b', 'c', 'b']])
})

const isNode = (path: string) => path === 'node:' || path.includes('.node.')

const folderOf = (pattern: string) => pattern.slice(0, pattern.lastIndexOf('/') + 1)

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.[\]()]/g, '\\$&').replaceAll('*', '[^/]*')
  return new RegExp(`^${source}${pattern.endsWith('/') ? '' : '$'}`).test(path)
}
