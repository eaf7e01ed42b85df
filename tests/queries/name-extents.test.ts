import { afterAll, beforeAll, expect, test } from 'vitest'
import { chartLabels } from '../../lib/counts/chart-labels'
import { count } from '../../lib/cube/count'
import { readCube } from '../../lib/cube/read-cube.node.ts'
import { EMPTY_FILTER, withValues } from '../../lib/filter/filter'
import { datasetExtents, labelExtents } from '../../lib/queries/name-extents'
import { type RandomRelease, randomRelease } from '../random-release'

let release: RandomRelease
beforeAll(async () => {
  release = await randomRelease(7, 60)
})
afterAll(() => release.staging.dispose())

/** How many values each facet has on the page of a name. */
async function counted(facet: 'dataset' | 'label', name: string) {
  const { dimensions, staging } = release
  const source = { cube: await readCube(staging.engine), rows: null, dimensions }
  const filter = withValues(EMPTY_FILTER, facet, [name])
  const { facets } = count(source, filter)
  const there = (rows: readonly { images: number }[]) => rows.filter(row => row.images > 0).length
  return {
    labels: facet === 'label' ? 1 : there(chartLabels(facets.label, filter)),
    datasets: facet === 'dataset' ? 1 : there(facets.dataset),
    modalities: there(facets.modality),
    submodalities: there(facets.submodality),
    axes: there(facets.axis),
    masks: there(facets.masks),
    organs: there(facets.organ),
  }
}

test('a dataset has as many values as its page counts', async () => {
  const extents = await datasetExtents(release.staging.engine)
  const names = new Set(
    release.images.map(image => release.dimensions.datasets[image.dataset_id]?.dataset),
  )
  expect([...extents.keys()].sort()).toEqual([...names].sort())
  for (const [name, extent] of extents) expect(extent, name).toEqual(await counted('dataset', name))
})

test('a label has as many values as its page counts, over all its meanings', async () => {
  const extents = await labelExtents(release.staging.engine)
  expect(extents.size).toBeGreaterThan(3)
  for (const [name, extent] of extents) {
    expect(extent, name).toEqual(await counted('label', name))
  }
})
