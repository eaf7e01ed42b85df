import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import type { Stats } from '../../cli/stats'
import { VOLUME_AXES } from '../../lib/axes/axis-words'
import { axisPlane } from '../../lib/axes/known-axes'
import { fakeEffects } from './fake-effects'

async function stats(where: string, ...more: string[]) {
  const effects = fakeEffects()
  const code = await main(
    ['stats', '--manifest', 'manifests/test', '--where', where, ...more],
    effects,
  )
  return { code, out: effects.output(), lines: effects.lines }
}

const json = async (where: string): Promise<Stats> => JSON.parse((await stats(where, '--json')).out)

test('the names of planes are other words for the axes', async () => {
  const letters = await json('axis=x,!y')
  expect(await json('axis=AXIAL,!coronal')).toEqual(letters)
  expect(letters.images).toBeGreaterThan(0)
  const { code, lines } = await stats('axis=oblique')
  expect([code, lines.join()]).toEqual([2, expect.stringContaining('no axis "oblique"')])
})

test('axes have the names that are known of the selected datasets', async () => {
  const axisLines = (out: string) =>
    out
      .slice(out.indexOf('\naxis'), out.indexOf('\nregion'))
      .split('\n')
      .filter(line => /^[xyz]/.test(line))
      .map(line => line.replace(/ {2,}\d.*/, ''))
      .toSorted()
  expect(axisLines((await stats('dataset=AMOS2022')).out)).toEqual([
    'x · axial',
    'y · coronal',
    'z · sagittal',
  ])
  expect(axisLines((await stats('dataset=KiTS')).out)).toEqual(['x', 'y', 'z'])
  const both = axisLines((await stats('dataset=AMOS2022,KiTS')).out)
  expect(both[0]).toBe('x · axial (in 1 dataset)')
})

test('JSON lists the datasets by axis and plane, each once', async () => {
  const { axisNames, facets } = await json('modality=CT,MR')
  const selected = facets.dataset.filter(row => row.images > 0).map(row => row.value)
  const named = axisNames.flatMap(({ axis, name, known, datasets }) =>
    datasets.map(dataset => [dataset, axis, name, known].join(' ')),
  )
  const expected = selected.flatMap(dataset =>
    VOLUME_AXES.flatMap(axis => {
      const found = axisPlane(dataset, axis)
      if (!found) return []
      return [[dataset, axis, found.plane, found.presumed ? 'presumed' : 'seen'].join(' ')]
    }),
  )
  expect(named.toSorted()).toEqual(expected.toSorted())
  expect(named.length).toBeGreaterThan(0)
})
