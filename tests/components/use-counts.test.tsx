// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useCounts } from '../../components/use-counts'
import type { Counts } from '../../lib/counts/counts'
import type { CaseTotals } from '../../lib/counts/totals'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'

const totals = {
  images: 100,
  masks: 300,
  datasets: 2,
  labels: 5,
  organs: 4,
  cases: 9,
  patients: 8,
  bytes: 0,
  sizedImages: 0,
}
const summary = { totals, facets: {}, areas: [], sizes: [] }
const engine = vi.hoisted(() => ({ state: {} as object, first: null as object | null }))
vi.mock('../../components/engine-provider', () => ({
  useEngine: () => engine.state,
  useFirstCounts: () => engine.first,
}))

const counted = (images: number): Counts => ({
  totals: { images, masks: 0, datasets: 1, bytes: 0, sizedImages: 0 },
  facets: {} as Counts['facets'],
  areas: [],
  sizes: [],
})

/** A cube that answers by hand, by the filter's query string. */
function cubeByHand() {
  const counts = new Map<string, (counts: Counts) => void>()
  const cases = new Map<string, (cases: CaseTotals) => void>()
  const cube = {
    count: (filter: Filter) =>
      new Promise<Counts>(answer => counts.set(formatFilter(filter), answer)),
    cases: (filter: Filter) =>
      new Promise<CaseTotals>(answer => cases.set(formatFilter(filter), answer)),
  }
  return { cube, counts, cases }
}

beforeEach(() => {
  vi.useFakeTimers()
  engine.first = null
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const state = (more: object) => ({
  stage: 'rows',
  rowsLoaded: true,
  manifest: { summary },
  ...more,
})
const hook = (filter: Filter) =>
  renderHook((props: { filter: Filter }) => useCounts(props.filter), {
    initialProps: { filter },
  })
const CT: Filter = { modality: ['CT'] }
const MR: Filter = { modality: ['MR'] }

test('without a filter the summary answers, cases included, and the cubes are not asked', () => {
  const { cube, counts } = cubeByHand()
  engine.state = state({ cube })
  const { result } = hook({})
  expect(result.current).toMatchObject({
    path: 'summary',
    cases: { cases: 9, patients: 8 },
    current: true,
    pending: false,
  })
  expect(result.current.counts?.totals.images).toBe(100)
  expect(counts.size).toBe(0)
})

test('until a count arrives the earlier counts stay, with their own cases', async () => {
  const { cube, counts, cases } = cubeByHand()
  engine.state = state({ cube })
  const { result, rerender } = hook(CT)
  expect(result.current).toMatchObject({ counts: null, current: false })
  await act(async () => counts.get('modality=CT')?.(counted(40)))
  expect(result.current).toMatchObject({ current: true, path: 'cubes', cases: null })
  await act(() => vi.advanceTimersByTimeAsync(250))
  await act(async () => cases.get('modality=CT')?.({ cases: 7, patients: 6 }))
  expect(result.current).toMatchObject({ cases: { cases: 7, patients: 6 } })
  rerender({ filter: MR })
  expect(result.current).toMatchObject({ current: false, pending: false, cases: { cases: 7 } })
  expect(result.current.counts?.totals.images).toBe(40)
  await act(() => vi.advanceTimersByTimeAsync(150))
  expect(result.current.pending).toBe(true)
  await act(async () => counts.get('modality=MR')?.(counted(60)))
  // The cases of another filter are not those of this one.
  expect(result.current).toMatchObject({ current: true, pending: false, cases: null })
  expect(result.current.counts?.totals.images).toBe(60)
})

test('counts that came with the page are shown before the cubes are there, and not asked again', () => {
  const { cube, counts } = cubeByHand()
  engine.first = { key: 'modality=CT', counts: counted(41) }
  engine.state = state({ stage: 'summary', cube: null, rowsLoaded: false })
  const { result, rerender } = hook(CT)
  expect(result.current).toMatchObject({ current: true, path: 'cubes' })
  expect(result.current.counts?.totals.images).toBe(41)
  engine.state = state({ stage: 'cubes', cube, rowsLoaded: false })
  rerender({ filter: CT })
  expect(counts.size).toBe(0)
})

test('a filter that the cubes do not answer exactly waits for the rows', () => {
  const { cube, counts } = cubeByHand()
  const area: Filter = { area: { min: 0.1 } }
  engine.state = state({ stage: 'cubes', cube, rowsLoaded: false })
  const { rerender } = hook(area)
  expect(counts.size).toBe(0)
  engine.state = state({ cube })
  rerender({ filter: area })
  expect([...counts.keys()]).toEqual(['area=0.1..'])
})
