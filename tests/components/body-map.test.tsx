// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { BodyMap, type BodyMapProps } from '../../components/body-map/body-map'
import { bodyMapSvg } from '../../components/body-map/export-body-map'
import { LABEL_SPOTS } from '../../lib/body-map/label-layout'
import { largest, organCounts } from '../../lib/body-map/organ-counts'
import { ORGAN_SHAPES } from '../../lib/body-map/organ-shapes'
import { legendSteps, pageColors, strength, themeColors } from '../../lib/charts/body-map-colors'
import { LIGHT } from '../../lib/charts/colors'
import type { FacetCount } from '../../lib/manifest/manifest'
import { ORGANS } from '../../lib/taxonomy/organs'

const all: FacetCount[] = [
  ...ORGANS.map(({ organ }, i) => ({ value: organ, images: 1000 + i, masks: 20_000 + i })),
  { value: 'Unassigned', images: 7, masks: 900_000 },
]
const rows: FacetCount[] = [
  { value: 'Liver', images: 12, masks: 3400 },
  { value: 'Unassigned', images: 1, masks: 2 },
]

const show = (props: Partial<BodyMapProps> = {}) => {
  const onPick = vi.fn()
  const view = render(
    <BodyMap
      rows={rows}
      all={all}
      picked={undefined}
      pending={false}
      error={null}
      unionNote="without merged masks"
      onPick={onPick}
      {...props}
    />,
  )
  const shape = (organ: string) => view.container.querySelector(`[data-organ="${organ}"]`)!
  return { ...view, onPick, shape }
}

afterEach(cleanup)

const names = ORGANS.map(({ organ }) => organ).sort()

test('every organ has one shape, one label and one place for it', () => {
  const { container } = show()
  expect(ORGAN_SHAPES.map(shape => shape.organ).sort()).toEqual(names)
  expect([...LABEL_SPOTS.keys()].sort()).toEqual(names)
  const drawn = [...container.querySelectorAll<SVGElement>('[data-organ]')]
  expect(drawn.map(shape => shape.dataset.organ).sort()).toEqual(names)
  expect(container.querySelectorAll('button[aria-label*=" of "]')).toHaveLength(32)
})

test('a label says its numbers whole, filtered and not, and whether lesions are annotated', () => {
  show()
  const liver = screen.getByRole('button', { name: /^Liver/ })
  expect(liver.getAttribute('aria-label')).toBe(
    'Liver: 12 of 1,016 images, 3,400 of 20,016 masks; lesions annotated',
  )
  expect(liver.textContent).toBe('Liver3.4K')
  expect(screen.getByRole('button', { name: /^Eye/ }).getAttribute('aria-label')).toBe(
    'Eye: 0 of 1,000 images, 0 of 20,000 masks',
  )
  fireEvent.click(screen.getByRole('button', { name: 'Images' }))
  expect(liver.textContent).toBe('Liver12')
})

test('label and shape pick the same organ', () => {
  const { onPick, shape } = show()
  fireEvent.click(screen.getByRole('button', { name: /^Prostate gland/ }))
  fireEvent.click(shape('Prostate gland'))
  fireEvent.click(screen.getByRole('button', { name: /^Unassigned/ }))
  expect(onPick.mock.calls).toEqual([['Prostate gland'], ['Prostate gland'], ['Unassigned']])
})

test('what is picked is pressed and outlined, the others fade', () => {
  const { shape } = show({ picked: ['Liver'] })
  const pressed = screen.getAllByRole('button', { pressed: true })
  expect(pressed.map(button => button.textContent)).toEqual(['Masks', 'Liver3.4K'])
  expect(shape('Liver').getAttribute('opacity')).toBe('1')
  expect(shape('Heart').getAttribute('opacity')).toBe('0.3')
})

test('pointing at a shape marks its label, and focus on a label says its numbers', () => {
  const { shape, container } = show()
  const liver = screen.getByRole('button', { name: /^Liver/ })
  expect(liver.className).not.toContain('bg-raised')
  fireEvent.pointerEnter(shape('Liver'))
  expect(liver.className).toContain('bg-raised')
  fireEvent.pointerLeave(shape('Liver'))
  fireEvent.focus(liver)
  expect(within(container).getByText(/^Liver: 12 of 1,016 images/, { selector: 'p' })).toBeTruthy()
})

test('no mask at all is a hole: no hue, a dashed edge', () => {
  const { shape } = show()
  const path = (organ: string) => shape(organ).querySelector('path')!
  expect(path('Eye').getAttribute('stroke-dasharray')).toBeTruthy()
  expect(path('Eye').getAttribute('fill')).toContain(' 0.0%, var(--background)')
  expect(path('Liver').getAttribute('stroke-dasharray')).toBeNull()
})

test('strength grows with the log of the count, to the largest organ without filter', () => {
  expect(strength(0, 1e6)).toBe(0)
  const steps = legendSteps(2_500_000).map(count => strength(count, 2_500_000))
  expect(steps).toHaveLength(7)
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
  expect(steps[0]).toBeGreaterThan(0)
  expect(strength(1e6, 1e6)).toBeCloseTo(0.95)
  // The unassigned masks are no organ: they do not stretch the scale.
  expect(largest(all, 'masks')).toBe(20_030)
  expect(pageColors('Thorax', 0.5).fill).toBe(
    'color-mix(in srgb, #1da1a5 50.0%, var(--background))',
  )
  expect(themeColors('Thorax', 0.5, LIGHT).fill).toBe('#8ed0d2')
})

test('errors and emptiness say why', () => {
  show({ error: 'the worker stopped' })
  expect(screen.getByRole('alert').textContent).toContain('the worker stopped')
  cleanup()
  show({ rows: [] })
  expect(screen.getByText(/No images match these filters/)).toBeTruthy()
  cleanup()
  show({ rows: [], pending: true })
  expect(screen.queryByText(/No images match/)).toBeNull()
})

test('the table holds every organ and what lies in none', () => {
  show()
  fireEvent.click(screen.getByRole('button', { name: 'Table' }))
  const table = screen.getByRole('table')
  expect(within(table).getAllByRole('row')).toHaveLength(33)
  expect(within(table).getByRole('row', { name: /Liver/ }).textContent).toBe(
    'Liver123,4001,01620,016',
  )
})

test('the file is a whole SVG in concrete colours', () => {
  const counts = organCounts(rows, all, ['Liver'])
  const content = { counts, max: 20_030, measure: 'masks', unionNote: 'a < b & c' } as const
  const text = bodyMapSvg(content)
  expect(text).not.toMatch(/var\(|color-mix|undefined|NaN/)
  expect(text).toContain('a &lt; b &amp; c')
  for (const name of names) expect(text).toContain(`>${name}<`)
  expect(text).toContain('>3,400<')
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
  expect(parsed.documentElement.tagName).toBe('svg')
})
