// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useSteadyFilter } from '../../components/deferred/use-steady-filter'
import { parseFilter } from '../../lib/filter/query-string'

test('what a new filter says as before is the same object, what it says anew is new', () => {
  const filterOf = (query: string) => parseFilter(query).filter
  const { result, rerender } = renderHook(useSteadyFilter, {
    initialProps: filterOf('modality=CT&dataset=!BTCV&masks=2..5'),
  })
  const before = result.current
  rerender(filterOf('modality=CT&dataset=!BTCV&masks=2..5'))
  expect(result.current).toBe(before)
  rerender(filterOf('modality=CT&dataset=!BTCV&masks=2..6&organ=Liver'))
  expect(result.current).toEqual(filterOf('modality=CT&dataset=!BTCV&masks=2..6&organ=Liver'))
  expect(result.current.modality).toBe(before.modality)
  expect(result.current.not?.dataset).toBe(before.not?.dataset)
  expect(result.current.masks).not.toBe(before.masks)
  rerender({})
  expect(result.current).toEqual({})
})
