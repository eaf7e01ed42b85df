import { expect, test } from 'vitest'
import { pathHider } from '../../lib/http/hide-paths'

const hide = pathHider([
  '/data/my files/manifest',
  '/data/my files',
  'relative/x',
  '',
  '/',
  'C:\\Data',
])

test.each([
  ['/data/my files/manifest/manifest.json: not found', 'manifest/manifest.json: not found'],
  ['/data/my files/manifest: damaged; see /data/my files', 'manifest: damaged; see my files'],
  ['cannot read "/srv/release/SA-Med2D-16M.z01" (EIO)', 'cannot read "SA-Med2D-16M.z01" (EIO)'],
  ['C:\\Data\\images: no permission', 'Data\\images: no permission'],
  ['D:\\x\\y\\z.png is damaged', 'z.png is damaged'],
  ['/data/my filesystem/a', 'my filesystem/a'],
])('%s', (text, shown) => {
  expect(hide(text)).toBe(shown)
})

test.each([
  'https://data.example.org/a/b/SA-Med2D-16M.zip: no such file on the server (404)',
  'images/ct_00--BTCV--x--z_0001.png: not in the image folder',
  '512 and/or 1/2, see /subset and docs/hosting.md',
  'expected /api/images/ID, /api/images/ID/info or /api/images/status',
  '../shared/x/y: no such file',
])('%s stays as it is', text => {
  expect(hide(text)).toBe(text)
})
