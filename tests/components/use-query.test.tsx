// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { after, useQuery } from '../../components/use-query'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** A source whose answers are given by hand; remembers the signal of each question. */
function byHand() {
  const asked = new Map<
    string,
    { signal: AbortSignal; answer: (text: string) => void; fail: (error: Error) => void }
  >()
  return {
    asked,
    ask: (key: string, signal: AbortSignal) =>
      new Promise<string>((answer, fail) => asked.set(key, { signal, answer, fail })),
  }
}
type Source = ReturnType<typeof byHand>

const hook = (source: Source | null, key: string | null, known: string | null = null) =>
  renderHook(
    (props: { source: Source | null; key: string | null; known: string | null }) =>
      useQuery(props.source, props.key, (from, signal) => from.ask(String(props.key), signal), {
        known: props.known,
      }),
    { initialProps: { source, key, known } },
  )
const settle = (work: () => void) => act(async () => work())

test('the latest question wins, and an earlier one is aborted', async () => {
  const source = byHand()
  const { result, rerender } = hook(source, 'a')
  await settle(() => source.asked.get('a')?.answer('A'))
  expect(result.current).toMatchObject({ found: 'A', current: true, error: null })
  rerender({ source, key: 'b', known: null })
  // The earlier answer stays while the new one is awaited.
  expect(result.current).toMatchObject({ found: 'A', current: false })
  rerender({ source, key: 'c', known: null })
  expect(source.asked.get('b')?.signal.aborted).toBe(true)
  expect(source.asked.get('c')?.signal.aborted).toBe(false)
  await settle(() => source.asked.get('c')?.answer('C'))
  await settle(() => source.asked.get('b')?.answer('B'))
  expect(result.current).toMatchObject({ found: 'C', current: true })
})

test('an error belongs to its question alone, and takes the earlier answer away', async () => {
  const source = byHand()
  const { result, rerender } = hook(source, 'a')
  await settle(() => source.asked.get('a')?.answer('A'))
  rerender({ source, key: 'b', known: null })
  await settle(() => source.asked.get('b')?.fail(new Error('out of memory')))
  expect(result.current).toMatchObject({ found: null, current: true, error: 'out of memory' })
  rerender({ source, key: 'c', known: null })
  expect(result.current).toMatchObject({ current: false, error: null })
  // Nothing that an abort throws is shown.
  rerender({ source, key: 'd', known: null })
  await settle(() => source.asked.get('c')?.fail(new Error('aborted')))
  expect(result.current).toMatchObject({ current: false, error: null })
})

test('a known answer is not asked for, and stays until the next one arrives', async () => {
  const source = byHand()
  const { result, rerender } = hook(source, 'a', 'known')
  expect(result.current).toMatchObject({ found: 'known', current: true, pending: false })
  expect(source.asked.size).toBe(0)
  rerender({ source, key: 'b', known: null })
  expect(result.current).toMatchObject({ found: 'known', current: false })
  await settle(() => source.asked.get('b')?.answer('B'))
  expect(result.current).toMatchObject({ found: 'B', current: true })
})

test('without a source nothing is asked; another source is asked again', async () => {
  const [first, second] = [byHand(), byHand()]
  const { result, rerender } = hook(null, 'a')
  expect(result.current).toMatchObject({ found: null, current: false })
  rerender({ source: first, key: 'a', known: null })
  await settle(() => first.asked.get('a')?.answer('A'))
  // The answer still holds while the source is started again.
  rerender({ source: null, key: 'a', known: null })
  expect(result.current).toMatchObject({ found: 'A', current: true })
  rerender({ source: second, key: 'a', known: null })
  expect(result.current).toMatchObject({ found: 'A', current: false })
  await settle(() => second.asked.get('a')?.answer('A again'))
  expect(result.current).toMatchObject({ found: 'A again', current: true })
})

test('pending begins when the answer has been missing for a moment, and ends with it', async () => {
  const source = byHand()
  const { result } = hook(source, 'a')
  await act(() => vi.advanceTimersByTimeAsync(149))
  expect(result.current.pending).toBe(false)
  await act(() => vi.advanceTimersByTimeAsync(1))
  expect(result.current.pending).toBe(true)
  await settle(() => source.asked.get('a')?.answer('A'))
  expect(result.current.pending).toBe(false)
})

test('a question that changes before its time is never asked', async () => {
  const source = byHand()
  const when = after(100)
  const { rerender } = renderHook(
    ({ key }) => useQuery(source, key, (from, signal) => from.ask(key, signal), { when }),
    { initialProps: { key: 'a' } },
  )
  await act(() => vi.advanceTimersByTimeAsync(99))
  rerender({ key: 'b' })
  await act(() => vi.advanceTimersByTimeAsync(99))
  expect([...source.asked.keys()]).toEqual([])
  await act(() => vi.advanceTimersByTimeAsync(1))
  expect([...source.asked.keys()]).toEqual(['b'])
})

test('each answer of a series replaces the one before, until another question is asked', async () => {
  const goOn: (() => void)[] = []
  async function* growing(key: string) {
    for (let n = 1; n <= 3; n++) {
      await new Promise<void>(resolve => goOn.push(resolve))
      yield `${key}${n}`
    }
  }
  const source = {}
  const { result, rerender } = renderHook(({ key }) => useQuery(source, key, () => growing(key)), {
    initialProps: { key: 'a' },
  })
  await settle(() => goOn.shift()?.())
  expect(result.current.found).toBe('a1')
  await settle(() => goOn.shift()?.())
  expect(result.current.found).toBe('a2')
  rerender({ key: 'b' })
  await settle(() => goOn.shift()?.())
  expect(result.current).toMatchObject({ found: 'a2', current: false })
  await settle(() => goOn.shift()?.())
  expect(result.current).toMatchObject({ found: 'b1', current: true })
})
