import { expect, test } from 'vitest'
import lock from '../../package-lock.json' with { type: 'json' }
import { noticeText } from './notice'

// Made from the lock file, as the other documents are made from the code: `npm test -- --unit -u` writes it.
test('NOTICE lists every package that is shipped or run, by licence', async () => {
  await expect(noticeText(lock.packages)).toMatchFileSnapshot('../../NOTICE')
})

test('development packages are left out, and one without a licence is found', () => {
  const text = noticeText({
    '': {},
    'node_modules/a': { license: 'MIT' },
    'node_modules/a/node_modules/@b/c': { license: 'ISC' },
    'node_modules/d': { license: 'MIT', dev: true },
  })
  expect(text).toContain('\nISC\n  @b/c\n\nMIT\n  a\n')
  expect(() => noticeText({ 'node_modules/new': {} })).toThrow(
    'new names no licence; look it up and add it to notice.ts',
  )
})
