import { expect, test } from 'vitest'
import { Limit } from '../../lib/async/limit'

test('a bounded number runs for each key, in turn, also after one that fails', async () => {
  const limit = new Limit(2)
  const started: string[] = []
  const ends: (() => void)[] = []
  const run = (key: string, name: string) =>
    limit.run(key, () => {
      started.push(name)
      return new Promise<void>((resolve, reject) =>
        ends.push(name === 'b' ? () => reject(new Error(name)) : resolve),
      )
    })
  const all = Promise.allSettled([
    ...['a', 'b', 'c', 'd'].map(name => run('one', name)),
    run('other', 'e'),
  ])
  const settle = () => new Promise(resolve => setTimeout(resolve))
  await settle()
  expect(started).toEqual(['a', 'b', 'e'])
  ends[1]?.()
  await settle()
  expect(started).toEqual(['a', 'b', 'e', 'c'])
  for (let i = 0; i < 5; i++) {
    ends[i]?.()
    await settle()
  }
  expect((await all).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(started).toEqual(['a', 'b', 'e', 'c', 'd'])
})
