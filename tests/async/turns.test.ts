import { expect, test } from 'vitest'
import { Turns } from '../../lib/async/turns'

test('one at a time, in order; a failure holds nobody up; too many are refused', async () => {
  const turns = new Turns(3)
  const seen: string[] = []
  const work = (name: string, fails: boolean) => async () => {
    seen.push(`${name} begins`)
    await new Promise(resolve => setTimeout(resolve, 5))
    seen.push(`${name} ends`)
    if (fails) throw new Error(name)
    return name
  }
  const answers = ['a', 'b', 'c', 'd'].map(name => turns.take(work(name, name === 'a')))
  expect(answers[3]).toBeNull()
  await expect(answers[0]).rejects.toThrow('a')
  expect(await Promise.all(answers.slice(1))).toEqual(['b', 'c', null])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(await turns.take(work('e', false))).toBe('e')
})
