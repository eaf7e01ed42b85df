import { renderToString } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { Problems } from '../../components/filter-page/problems'
import { useFilter } from '../../components/use-filter'
import { openFirst } from '../../lib/first/first-answers.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'

const first = vi.hoisted(() => ({ names: {} as object, query: '' }))
vi.mock('../../components/engine-provider', () => ({ useNames: () => first.names }))
vi.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(first.query) }))

beforeAll(async () => {
  const place = { samed2d: 'npx samed2d', manifest: 'manifests/test' }
  const source = await openFirst(await readManifest('manifests/test'), place)
  // As the browser gets it.
  first.names = JSON.parse(JSON.stringify(source.answers('').names))
})

function Filtered() {
  const { problems, key } = useFilter()
  return (
    <div data-key={key}>
      <Problems problems={problems} error={null} />
    </div>
  )
}

test.each([
  ['modality=Bogus', '', 'This manifest has no modality &quot;Bogus&quot;.'],
  ['modality=CT,Bogus', 'modality=CT', 'This manifest has no modality &quot;Bogus&quot;.'],
  ['shape=round', '', 'shape'],
])('the first paint of ?%s shows the filter %j and says what is wrong', (query, key, problem) => {
  first.query = query
  const html = renderToString(<Filtered />)
  expect(html).toContain(`data-key="${key}"`)
  expect(html).toContain(problem)
})

test('the first paint of a known filter has no problems', () => {
  first.query = 'modality=CT'
  expect(renderToString(<Filtered />)).toBe('<div data-key="modality=CT"></div>')
})
