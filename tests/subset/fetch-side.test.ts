import { beforeAll, describe, expect, test } from 'vitest'
import { type FetchRelease, fetchRelease, runFetch } from './fetch-release'
import { contents, FORMS, picturesIn, sorted, target } from './fetch-target'

const SPLIT = ['--split', '0.5,0.25,0.25', '--by', 'image']
const SIDES = ['train', 'val', 'test']

let release: FetchRelease
beforeAll(async () => {
  release = await fetchRelease()
  return release.remove
})

describe.each(FORMS)('%s', form => {
  const fetched = async (side: readonly string[]) => {
    const { out, args } = await target(form, release)
    const { code, lines } = await runFetch(...args, '--archive', release.zip, ...SPLIT, ...side)
    expect(code, lines).toBe(0)
    return picturesIn(await contents(form, out, release))
  }

  test('each side of a split alone, and together all of it', async () => {
    const sides = await Promise.all(SIDES.map(side => fetched(['--side', side])))
    for (const pictures of sides) expect(pictures.length).toBeGreaterThan(0)
    expect(sorted(sides.flat())).toEqual(await fetched([]))
  })
})

test.each([
  [[...SPLIT, '--side', 'both'], '--side both: there are train, val, test'],
  [['--side', 'val'], '--side val: nothing is split; give --split too, or leave it out'],
])('%j is refused', async (options, message) => {
  const { args } = await target('folder', release)
  const { code, lines } = await runFetch(...args, '--archive', release.zip, ...options)
  expect(code).toBe(2)
  expect(lines).toContain(message)
})
