import { expect, test } from 'vitest'
import { Redirect } from '../../lib/archive/redirect'

test('one reader asks, and the others go where it was led', async () => {
  const redirect = new Redirect('hub')
  const first = await redirect.target()
  expect(first).toMatchObject({ url: 'hub', isRedirected: false })
  const others = [redirect.target(), redirect.target()]
  first.answered('cdn/1')
  first.failed(new Error('too late to matter'))
  for (const turn of await Promise.all(others))
    expect(turn).toMatchObject({ url: 'cdn/1', isRedirected: true })
  redirect.expired('cdn/0')
  expect(await redirect.target()).toMatchObject({ url: 'cdn/1' })
  redirect.expired('cdn/1')
  expect(await redirect.target()).toMatchObject({ url: 'hub' })
})

test('if the one that asks fails, the others get its error, or one of them asks', async () => {
  const redirect = new Redirect('hub')
  const first = await redirect.target()
  const waiting = [redirect.target(), redirect.target()]
  const error = new Error('gone')
  first.failed(error)
  for (const each of await Promise.allSettled(waiting))
    expect(each).toEqual({ status: 'rejected', reason: error })
  const second = await redirect.target()
  const next = redirect.target()
  second.failed(null)
  expect(await next).toMatchObject({ url: 'hub', isRedirected: false })
})

test('a reader that waits can be aborted', async () => {
  const redirect = new Redirect('hub')
  await redirect.target()
  const stop = new AbortController()
  const waiting = redirect.target(stop.signal)
  stop.abort(new Error('hung up'))
  await expect(waiting).rejects.toThrow('hung up')
})
