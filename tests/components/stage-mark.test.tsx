// @vitest-environment happy-dom
import { cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Stage } from '../../components/engine-state'
import { useStageMark } from '../../components/use-stage-mark'

afterEach(cleanup)

function Page({ stage, isCurrent }: { stage: Stage; isCurrent?: boolean }) {
  useStageMark(stage)
  return <main data-current={isCurrent} />
}

const state = () => document.documentElement.dataset.state

test('the rows are there for scripts once the counts of the address are', async () => {
  const { rerender } = render(<Page stage="cubes" isCurrent={false} />)
  expect(state()).toBe('cubes')
  rerender(<Page stage="rows" isCurrent={false} />)
  expect(state()).toBe('cubes')
  rerender(<Page stage="rows" isCurrent />)
  await waitFor(() => expect(state()).toBe('rows'))
  rerender(<Page stage="rows" isCurrent={false} />)
  expect(state()).toBe('rows')
})

test('a page without counts waits for none, and neither does an error', () => {
  const { rerender } = render(<Page stage="rows" />)
  expect(state()).toBe('rows')
  rerender(<Page stage="error" isCurrent={false} />)
  expect(state()).toBe('error')
})
