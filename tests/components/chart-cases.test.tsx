// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CasesOf } from '../../components/charts/cases-of'
import { CasesProvider } from '../../components/charts/cases-source'
import { ChartTooltip } from '../../components/charts/chart-tooltip'
import type { Filter } from '../../lib/filter/filter'
import { casesBy, pairKey } from '../../lib/queries/cases-by'

const ready = { engine: {}, cube: { dimensions: {} }, stage: 'rows', error: null }
let state: object = ready
vi.mock('../../components/engine-provider', () => ({ useEngine: () => state }))
vi.mock('../../lib/queries/cases-by', async original => ({
  ...(await original<object>()),
  casesBy: vi.fn(),
}))
const count = vi.mocked(casesBy)

beforeEach(() => {
  vi.useFakeTimers()
  state = ready
})
afterEach(() => {
  cleanup()
  count.mockReset()
  vi.useRealTimers()
})

const page = (filter: Filter, ...values: string[]) => (
  <CasesProvider filter={filter}>
    {values.map(value => (
      <p key={value} data-testid={value}>
        <CasesOf facet="organ" value={value} />
      </p>
    ))}
  </CasesProvider>
)
const text = (value: string) => screen.getByTestId(value).textContent
const rest = () => act(() => vi.advanceTimersByTimeAsync(200))

test('cases arrive a moment later, from one query for all values, and are kept', async () => {
  count.mockResolvedValue(new Map([['Liver', 1234]]))
  const view = render(page({}, 'Liver', 'Eye'))
  expect([text('Liver'), text('Eye')]).toEqual(['counting…', 'counting…'])
  await rest()
  expect([text('Liver'), text('Eye')]).toEqual(['1,234', '0'])
  view.rerender(page({}))
  view.rerender(page({}, 'Liver'))
  expect(text('Liver')).toBe('1,234')
  expect(count).toHaveBeenCalledTimes(1)
})

test('another filter counts anew and drops the count that is under way', async () => {
  count.mockReturnValueOnce(new Promise(() => {}))
  count.mockResolvedValueOnce(new Map([['Liver', 5]]))
  const view = render(page({}, 'Liver'))
  await rest()
  const signal = count.mock.calls[0]![4] as AbortSignal
  expect(signal.aborted).toBe(false)
  view.rerender(page({ modality: ['CT'] }, 'Liver'))
  expect(signal.aborted).toBe(true)
  expect(text('Liver')).toBe('counting…')
  await rest()
  expect(text('Liver')).toBe('5')
  expect(count.mock.calls[1]![2]).toEqual({ modality: ['CT'] })
})

test('without rows, and when a count fails, it is a dash with the reason', async () => {
  state = { ...ready, engine: null, stage: 'cubes' }
  const view = render(page({}, 'Liver'))
  expect(text('Liver')).toBe('— not counted until the image list is loaded')
  state = ready
  count.mockRejectedValue(new Error('out of memory'))
  view.rerender(page({}, 'Liver'))
  await rest()
  expect(text('Liver')).toBe('— out of memory')
})

const fields = [
  { field: 'value', title: 'organ', isCount: false },
  { field: 'images', title: 'images', isCount: true },
]
const row = { value: 'Liver', images: 4596802 }
const anchor = () => ({ left: 5, right: 5, top: 5, bottom: 5 })

test('a tooltip is a small table of whole numbers', () => {
  render(<ChartTooltip anchor={anchor} fields={fields} row={row} facet="organ" />)
  expect(screen.getAllByRole('row').map(one => one.textContent)).toEqual([
    'organLiver',
    'images4,596,802',
  ])
})

test('in a provider it says the cases too', async () => {
  count.mockResolvedValue(new Map([['Liver', 50225]]))
  render(
    <CasesProvider filter={{}}>
      <ChartTooltip anchor={anchor} fields={fields} row={row} facet="organ" />
    </CasesProvider>,
  )
  await rest()
  expect(screen.getAllByRole('row').at(-1)?.textContent).toBe('cases50,225')
})

test('a cell says the cases of its row and column together', async () => {
  count.mockResolvedValue(new Map([[pairKey(['Liver', 'CT']), 12]]))
  const cell = { value: 'any', row: 'Liver', column: 'CT', images: 5 }
  const sides = ['row', 'column'].map(field => ({ field, title: field, isCount: false }))
  render(
    <CasesProvider filter={{}}>
      <ChartTooltip anchor={anchor} fields={sides} row={cell} facet="organ × modality" />
    </CasesProvider>,
  )
  await rest()
  expect(screen.getAllByRole('row').at(-1)?.textContent).toBe('cases12')
})
