// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putQueryString, useQueryString } from '../../components/use-query-string'
import { search, written } from './address'

/** The browser's navigation, which happy-dom has not: says that an entry changed, and how. */
class Entries extends EventTarget {
  changed(navigationType: 'push' | 'replace' | 'traverse') {
    this.dispatchEvent(Object.assign(new Event('currententrychange'), { navigationType }))
  }
}

let entries: Entries

beforeEach(() => {
  entries = new Entries()
  Object.assign(window, { navigation: entries })
  window.history.replaceState(null, '', '/')
})

afterEach(async () => {
  await written()
  Object.assign(window, { navigation: undefined })
})

test('a step is written though the router rewrites its entry as it is meanwhile', async () => {
  renderHook(useQueryString)
  putQueryString('width=1..')
  putQueryString('width=2..', { sameEntry: true })
  window.history.replaceState(null, '', '?width=1..')
  entries.changed('replace')
  expect(search()).toBe('?width=2..')
  await written()
  expect(window.location.search).toBe('?width=2..')
})

test.each(['push', 'traverse'] as const)('what is unwritten goes with a %s', async how => {
  renderHook(useQueryString)
  putQueryString('width=1..')
  putQueryString('width=2..', { sameEntry: true })
  entries.changed(how)
  await written()
  expect(search()).toBe('?width=1..')
})

test('what is unwritten goes where another address replaces its own', async () => {
  renderHook(useQueryString)
  putQueryString('width=1..', { sameEntry: true })
  window.history.replaceState(null, '', '/gallery')
  entries.changed('replace')
  await written()
  expect(window.location.pathname + window.location.search).toBe('/gallery')
})
