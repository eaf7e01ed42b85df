import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** The command lines' own start. */
const NAMING = ['lib/command-line.ts', 'lib/command-name.node.ts']

/** Commands, as cli/*-commands.ts and cli/main.ts add them to the program. */
const VERBS = ['cli/main.ts', 'cli/manifest-commands.ts', 'cli/view-commands.ts'].flatMap(path =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\.command\('([a-z]+)/g)].map(
    ([, verb]) => verb,
  ),
)

/** Texts of a file that name a command as `samed2d serve` does: nobody knows whether that runs. */
function literalCommands(path: string, text: string): string[] {
  const command = new RegExp(`\\bsamed2d (?:${VERBS.join('|')})\\b`)
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if ((ts.isStringLiteralLike(node) || ts.isJsxText(node)) && command.test(node.text))
      found.push(`${path}: ${node.text}`)
    else if (ts.isTemplateExpression(node) && command.test(node.getText(file)))
      found.push(`${path}: ${node.getText(file)}`)
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

test('printed commands start as this program was started', () => {
  const paths = ['lib', 'cli', 'components'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|tsx|mjs)$/.test(name))
      .map(name => join(folder, name).replaceAll('\\', '/')),
  )
  expect(paths.length).toBeGreaterThan(500)
  const found = paths
    .filter(path => !NAMING.includes(path))
    .flatMap(path => literalCommands(path, readFileSync(join(ROOT, path), 'utf8')))
  expect(found).toEqual([])
})

test('a command is found in texts, templates and JSX, and not in comments', () => {
  expect(VERBS).toEqual(expect.arrayContaining(['serve', 'ingest', 'fetch', 'measure', 'upgrade']))
  const text = [
    '// samed2d serve',
    "const a = 'run samed2d serve'",
    'const b = `run "samed2d upgrade --manifest $'.concat('{a}"`'),
    'const c = <code>samed2d measure</code>',
    "const d = 'the samed2d command line'",
  ].join('\n')
  expect(literalCommands('x.tsx', text)).toHaveLength(3)
})
