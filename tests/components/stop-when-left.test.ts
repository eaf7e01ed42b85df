// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { stopWhenLeft } from '../../components/stop-when-left'

/** As browsers tell of it; `persisted` says that the page is, or was, kept. */
const tell = (type: 'pagehide' | 'pageshow', persisted: boolean) =>
  window.dispatchEvent(Object.assign(new Event(type), { persisted }))

test('the work ends when the page is left, and begins anew only if the page was kept', () => {
  const stop = new AbortController()
  const again = vi.fn()
  stopWhenLeft(stop, again)
  // The first time that a page is shown.
  tell('pageshow', false)
  expect(again).not.toHaveBeenCalled()
  expect(stop.signal.aborted).toBe(false)
  tell('pagehide', true)
  expect(stop.signal.aborted).toBe(true)
  tell('pageshow', true)
  expect(again).toHaveBeenCalledOnce()
})

test('nothing happens once nobody listens', () => {
  const stop = new AbortController()
  const again = vi.fn()
  stopWhenLeft(stop, again)()
  tell('pagehide', true)
  tell('pageshow', true)
  expect(stop.signal.aborted).toBe(false)
  expect(again).not.toHaveBeenCalled()
})
