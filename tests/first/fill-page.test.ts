import { expect, test } from 'vitest'
import { fillData, fillPage } from '../../lib/first/fill-page'
import type { First } from '../../lib/first/first-answers'

const PROBLEM: First = {
  problem: 'no </script><script>alert(1)</script> manifest',
  place: { samed2d: 'npx samed2d', manifest: 'manifests/release' },
}

const SHELL = `<html data-state="summary"><head><title>__title__ · Explorer</title>
<link href="/__base__/_next/a.css"></head><body><div>__first_paint__</div>
<script id="first-answers" type="application/json">__first_answers__</script>
<script>self.push([1,"{\\"href\\":\\"/__base__/labels/__name__\\",\\"title\\":\\"__title__ · Explorer\\"}"])</script></body></html>`

/** What the script element of a page pushes: parsed as a browser would. */
function pushed(html: string): { href: string; title: string } {
  const script = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].at(-1)?.[1] ?? ''
  const values: string[] = []
  new Function('self', script)({ push: ([, text]: [number, string]) => void values.push(text) })
  return JSON.parse(values.join(''))
}

const NAMES = ['liver', 'a/b', '__base__', 'x"y\'z', '\\u003c', '</script>', '&amp;', '$&$1', 'é☃']

test.each(NAMES)('a page about %s is whole HTML, and its data says the name', name => {
  const fill = { base: '/atlas', name, title: name }
  const html = fillPage(SHELL, fill, PROBLEM, '<p>painted</p>')
  expect(html).toContain('<div><p>painted</p></div>')
  expect(html.match(/<script/g)).toHaveLength(2)
  expect(html.match(/<\/script>/g)).toHaveLength(2)
  const title = /<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? ''
  const template = document(title)
  expect(template).toBe(`${name} · Explorer`)
  expect(pushed(html)).toEqual({
    href: `/atlas/labels/${encodeURIComponent(name)}`,
    title: `${name} · Explorer`,
  })
  const data = fillData('{"title":"__title__","at":"/__base__/labels/__name__"}', fill)
  expect(JSON.parse(data)).toEqual({ title: name, at: `/atlas/labels/${encodeURIComponent(name)}` })
})

test('answers are JSON that ends no script, and a problem marks the page', () => {
  const html = fillPage(SHELL, { base: '', name: '', title: '' }, PROBLEM, '')
  const json = /type="application\/json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  expect(JSON.parse(json)).toEqual(PROBLEM)
  expect(html).toContain('<html data-state="error">')
  expect(html).toContain('href="/_next/a.css"')
})

/** Text of escaped markup. */
const document = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
