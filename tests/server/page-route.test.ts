import { expect, test } from 'vitest'
import { pageRoute } from '../../lib/server/page-route'

const has = (file: string) => ['index', 'gallery', 'gallery/__next._tree', '404'].includes(file)

test('paths lead to the exported pages, and all names to one', () => {
  expect(pageRoute('/', has)).toEqual({ file: 'index', about: null })
  expect(pageRoute('/gallery', has)).toEqual({ file: 'gallery', about: null })
  expect(pageRoute('/labels/optic%20disc', has)).toEqual({
    file: 'labels/__name__',
    about: { kind: 'labels', name: 'optic disc' },
  })
  expect(pageRoute('/datasets/a%2Fb', has)?.about?.name).toBe('a/b')
  expect(pageRoute('/labels/100%', has)?.about?.name).toBe('100%')
  expect(pageRoute('/labels/a/b', has)).toBeNull()
  expect(pageRoute('/nowhere', has)).toBeNull()
})
