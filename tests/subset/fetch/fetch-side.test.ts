import { beforeAll, describe, expect, test } from 'vitest'
import { type FetchRelease, fetchRelease, runFetch } from './fetch-release'
import { contents, LAYOUTS, picturesIn, sorted, target } from './fetch-target'

const SPLIT = ['--split', '0.5,0.25,0.25', '--by', 'image']
const SIDES = ['train', 'val', 'test']

let release: FetchRelease
beforeAll(async () => {
  release = await fetchRelease()
  return release.remove
})

describe.each(LAYOUTS)('%s', layout => {
  const fetched = async (side: readonly string[]) => {
    const { out, args } = await target(layout, release)
    const { code, lines } = await runFetch(...args, '--archive', release.zip, ...SPLIT, ...side)
    expect(code, lines).toBe(0)
    return picturesIn(await contents(layout, out, release))
  }

  test('each side of a split alone, and together all of it', async () => {
    const sides = await Promise.all(SIDES.map(side => fetched(['--only', side])))
    for (const pictures of sides) expect(pictures.length).toBeGreaterThan(0)
    expect(sorted(sides.flat())).toEqual(await fetched([]))
  })
})

test.each([
  [[...SPLIT, '--only', 'both'], '--only both: unknown split; expected one of train, val, test'],
  [['--only', 'val'], '--only val: the subset has no split; add --split, or leave out --only'],
])('%j is refused', async (options, message) => {
  const { args } = await target('folder', release)
  const { code, lines } = await runFetch(...args, '--archive', release.zip, ...options)
  expect(code).toBe(2)
  expect(lines).toContain(message)
})

test('a file that cannot be read is named with its option', async () => {
  const { args } = await target('folder', release)
  const missing = await runFetch('--subset', 'nope', '--out', 'x', '--archive', release.zip)
  expect([missing.code, missing.lines]).toEqual([
    1,
    expect.stringContaining('--subset nope: cannot be read'),
  ])
  const noZip = await runFetch(...args, '--archive', 'nope')
  expect(noZip.lines).toContain(
    "--archive nope: not found; give the release's .zip (path or URL) or its folder",
  )
})
