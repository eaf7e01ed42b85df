import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pythonOf } from '../../components/subset/python'
import { type NodeEngine, openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { type OpenManifest, openManifest } from '../../lib/store/open-manifest.node.ts'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { fileNameOf, splitsToWrite } from '../../lib/subset/named-split'
import { type Recipe, recipeOf } from '../../lib/subset/recipe'
import { readRecipe } from '../../lib/subset/recipe-query'
import { openSubset } from '../../lib/subset/write-subset.node.ts'

let opened: OpenManifest
let root: string
beforeAll(async () => {
  opened = await openManifest('manifests/test')
  root = await mkdtemp(join(tmpdir(), 'samed2d-code-'))
})
afterAll(async () => {
  opened.engine.close()
  await rm(root, { recursive: true })
})

describe('SQL', () => {
  /** Knows the manifest's folder, and nothing else of it. */
  let outside: NodeEngine
  beforeAll(async () => {
    outside = await openNodeEngine(':memory:')
    await outside.run(`SET file_search_path = '${opened.dir}'`)
  })
  afterAll(() => outside.close())

  const FILTERS = [
    '',
    'modality=CT&axis=x,y',
    'masks=2..&dataset=!BTCV',
    'lesion=0',
    'width=200..600',
    'area=0.0123456789..0.6',
    'organ=Liver&modality=CT,MR',
    'organ.all=Liver,Spleen',
    'aspect=0.7..1.1',
    'flag=none',
  ]

  const step = fc.oneof(
    fc.record({
      op: fc.constantFrom('add' as const, 'subtract' as const, 'intersect' as const),
      where: fc.constantFrom(...FILTERS),
    }),
    fc.record({
      op: fc.constantFrom('pick' as const, 'drop' as const),
      images: fc.array(fc.nat(40_000), { maxLength: 5 }),
    }),
  )

  type Step = Recipe['steps'][number]

  test('gives the images of any steps, and their names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async steps => {
        const made = await openSubset(opened, recipeOf('', { steps }))
        const found = await outside.rows<{ image_id: number; image: string }>({
          text: String(made.sql()).replace(/;\n$/, ''),
          params: [],
        })
        const wanted = await opened.engine.rows<{ image_id: number }>({
          text: 'FROM subset_images ORDER BY image_id',
          params: [],
        })
        expect(found.map(row => row.image_id)).toEqual(wanted.map(row => row.image_id))
      }),
      { numRuns: 40, examples: FILTERS.map((where): [Step[]] => [[{ op: 'add', where }]]) },
    )
  })

  test('names are those of the files; what no filter says has none', async () => {
    const made = await openSubset(opened, recipeOf('modality=PET'))
    const rows = await outside.rows<{ image: string }>({
      text: String(made.sql()).replace(/;\n$/, ''),
      params: [],
    })
    let text = ''
    for await (const piece of made.text('files')) text += piece
    const images = text.split('\n').filter(line => line.startsWith('images/'))
    expect(rows.map(row => row.image)).toEqual(images)
    for (const query of ['add=&sample=all:5', 'add=&cap=5', 'add=&split=0.5,0.5,0'])
      expect((await openSubset(opened, readRecipe(query))).sql(), query).toBeNull()
  })
})

const hasPython = spawnSync('python3', ['--version']).status === 0

describe.runIf(hasPython)('Python', () => {
  const recipes = ['', '&split=0.5,0.25,0.25'].map(split =>
    readRecipe(`add=${encodeURIComponent('modality=PET,Ultrasound')}${split}`),
  )
  const formats = Object.keys(FORMATS) as FormatName[]

  test.each(formats)('for %s reads what is written, all of it', async format => {
    for (const recipe of recipes) {
      const { images, masks } = await (await openSubset(opened, recipe)).cost()
      for (const side of splitsToWrite(recipe, format)) {
        const made = await openSubset(opened, recipe, side)
        await made.write(format, join(root, fileNameOf(format, side)))
      }
      await writeFile(join(root, 'read.py'), pythonOf(recipe, format))
      // The package it needs may be missing; what it asks of it is asked of the same engine.
      if (format === 'parquet') await writeFile(join(root, 'duckdb.py'), await fakeDuckDb())
      const said = execFileSync('python3', ['read.py'], { cwd: root, encoding: 'utf8' })
      const lines = [...said.matchAll(/^(\S+): (\d+) images, (\d+) masks$/gm)]
      expect(lines.length).toBe(splitsToWrite(recipe, format).length)
      const sum = (at: number) => lines.reduce((all, line) => all + Number(line[at]), 0)
      // Files of pairs have no image without a mask, and COCO no empty mask.
      if (format !== 'label2image') expect(sum(2)).toBe(images)
      if (format !== 'coco') expect(sum(3)).toBe(masks)
      expect(sum(3)).toBeGreaterThan(100)
    }
  })

  /** A module `duckdb` whose answers to the program's statement are made here. */
  async function fakeDuckDb(): Promise<string> {
    const program = pythonOf(recipes[0] as (typeof recipes)[number], 'parquet')
    const statement = (/sql\(f"""([\s\S]*?)"""/.exec(program)?.[1] ?? '')
      .replaceAll('{{', '{')
      .replaceAll('}}', '}')
      .replaceAll('{file}', join(root, 'subset.parquet'))
    const rows = await opened.engine.rows<{ json: string }>({
      text: `SELECT to_json(list([to_json(image), to_json(split), to_json(masks)]))::VARCHAR AS json
        FROM (${statement})`,
      params: [],
    })
    await writeFile(join(root, 'answer.json'), String(rows[0]?.json))
    return `import json
class Answer:
    def fetchall(self):
        return json.load(open("answer.json", encoding="utf-8"))
def sql(text):
    return Answer()
`
  }
})
