import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import lock from '../../package-lock.json' with { type: 'json' }
import { readImportGraph } from '../import-graph'
import { noticeText } from './notice'

/** The style sheet takes it in; no script imports it. */
const STYLES = 'tailwindcss'

/** Packages that the pages or the command line import, or that npm installs with them. */
function shipped(): Set<string> {
  const files = [...readImportGraph(['app', 'components', 'lib', 'cli']).values()]
  const imported = files
    .filter(({ path }) => !path.startsWith('cli/bootstrap'))
    .flatMap(({ imports }) => imports.filter(one => one.isPackage && !one.isType))
    .map(({ to }) => to)
    .filter(name => name !== 'node:')
  return new Set([...imported, ...Object.keys(packageJson.dependencies), STYLES])
}

// Made from the imports and the lock file, as the other documents are made from the code: `npm test -- --unit -u` writes it.
test('NOTICE lists every package that is shipped or run, by licence', async () => {
  await expect(noticeText(lock.packages, shipped())).toMatchFileSnapshot('../../NOTICE')
})

test('packages bring what they depend on, the nearest one, and others are left out', () => {
  const text = noticeText(
    {
      '': {},
      'node_modules/a': { license: 'MIT', dependencies: { '@b/c': '1', e: '1' } },
      'node_modules/a/node_modules/@b/c': { license: 'ISC', optionalDependencies: { e: '1' } },
      'node_modules/@b/c': { license: 'Unlicense' },
      'node_modules/e': { license: 'MIT' },
      'node_modules/d': { license: 'MIT' },
    },
    ['a'],
  )
  expect(text).toContain('\nISC\n  @b/c\n\nMIT\n  a, e\n')
  expect(text).not.toContain('Unlicense')
  expect(() => noticeText({ 'node_modules/new': {} }, ['new'])).toThrow(
    'new names no licence; look it up and add it to notice.ts',
  )
  expect(() => noticeText({}, ['gone'])).toThrow('package-lock.json has no gone')
})
