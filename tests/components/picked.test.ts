import { expect, test } from 'vitest'
import { addPick, parsePicked, removePick } from '../../components/picks/picked'
import { MAX_PICKED } from '../../lib/subset/recipe'

const M = 'a'.repeat(64)

test('picks of another manifest, and whatever is damaged, are nothing', () => {
  const text = JSON.stringify({ manifest: M, ids: [3, 1, 3] })
  expect(parsePicked(text, M).ids).toEqual([3, 1])
  expect(parsePicked(text, 'b'.repeat(64)).ids).toEqual([])
  for (const bad of ['', '{', 'null', '3', `{"manifest":"${M}","ids":[-1]}`, `{"manifest":"${M}"}`])
    expect(parsePicked(bad, M), bad).toEqual({ manifest: M, ids: [] })
})

test('one more, one less, and never more than a step can have', () => {
  const some = addPick(addPick({ manifest: M, ids: [] }, 7), 5)
  expect(some.ids).toEqual([7, 5])
  expect(removePick(some, 7).ids).toEqual([5])
  const full = { manifest: M, ids: Array.from({ length: MAX_PICKED }, (_, i) => i) }
  expect(addPick(full, MAX_PICKED).ids.length).toBe(MAX_PICKED)
})
