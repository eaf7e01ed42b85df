import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finish } from '../../lib/async/steps'
import type { Cube } from '../../lib/cube/cube'
import { imageAreas } from '../../lib/cube/image-areas'
import { readCube } from '../../lib/cube/read-cube.node.ts'
import { readRows } from '../../lib/cube/read-rows.node.ts'
import type { Rows } from '../../lib/cube/rows'
import type { ColumnEngine } from '../../lib/engine/engine'
import type { Filter } from '../../lib/filter/filter'
import { selectsMasks } from '../../lib/filter/filter'
import { resolveFilter } from '../../lib/filter/selection'
import { type ImageList, listImages, sampleImages } from '../../lib/queries/gallery-list'
import { firstImagesSql, ORDERS, type Order, partSql } from '../../lib/queries/gallery-order'
import { caseImages, imageRows } from '../../lib/queries/image-rows'
import { seededHash, seededHashSql } from '../../lib/queries/seeded-hash'
import { sortIds } from '../../lib/queries/sort-ids'
import { sql } from '../../lib/sql'
import { naive } from '../naive'
import { type RandomImage, type RandomRelease, randomRelease } from '../random-release'

const FILTERS: Filter[] = [
  {},
  { modality: ['MR'] },
  { dataset: ['BTCV'], not: { axis: ['x'] }, width: { min: 200 } },
  { organ: ['Liver'] },
  { flag: ['constant', 'none'], not: { flag: ['whole_cavity'] } },
  { area: { min: 0.1, max: 0.4 } },
  { area: { max: 0.25 }, label: ['kidney', 'left'], masks: { min: 2 } },
  { label: ['liver', 'tumor'], all: ['label'] },
  { organ: ['Kidney', 'Liver'], all: ['organ'], area: { max: 0.5 } },
  { modality: ['CT'], organ: ['Brain'], area: { min: 0.99 } },
]
const DIRECTIONS = ORDERS.flatMap(by =>
  [false, true].map((descending): Order => ({ by, descending, seed: 77 })),
)

/** What an order compares; null for unknown. */
function keyOf(image: RandomImage, masks: RandomImage['masks'], { by, seed }: Order) {
  switch (by) {
    case 'dataset':
      return image.image_id
    case 'size':
      return image.width && image.height && image.width * image.height
    case 'masks':
      return image.masks.length
    case 'area':
      return masks.some(({ area }) => area === null)
        ? null
        : masks.reduce((sum, { area }) => sum + area!, 0)
    case 'shuffle':
      return seededHash(image.image_id, seed)
  }
}

function naiveOrder({ images, dimensions }: RandomRelease, filter: Filter, order: Order) {
  const sign = order.descending && order.by !== 'shuffle' ? -1 : 1
  return images
    .map(image => ({ image, ...naive(image, filter, dimensions) }))
    .filter(({ selected }) => selected)
    .map(({ image, masks }) => ({
      id: image.image_id,
      key: keyOf(image, selectsMasks(filter) ? masks : image.masks, order),
    }))
    .sort((a, b) =>
      a.key === b.key || (a.key === null && b.key === null)
        ? a.id - b.id
        : a.key === null
          ? 1
          : b.key === null
            ? -1
            : sign * (a.key - b.key),
    )
    .map(({ id }) => id)
}

const noAreas = () => Promise.reject(new Error('areas are not asked for'))

async function lists(generator: AsyncGenerator<ImageList>) {
  const all: ImageList[] = []
  for await (const list of generator) all.push(list)
  return all
}

describe('a random release', () => {
  let release: RandomRelease
  let cube: Cube
  let rows: Rows
  beforeAll(async () => {
    // More images than the first query asks for.
    release = await randomRelease(11, 600)
    cube = await readCube(release.staging.engine)
    rows = await readRows(release.staging.engine, cube)
  })
  afterAll(() => release.staging.dispose())

  test.each(DIRECTIONS)('by $by, descending $descending: as a naive sort', async order => {
    const { dimensions, staging } = release
    for (const filter of FILTERS) {
      const selection = resolveFilter(filter, dimensions)
      const expected = naiveOrder(release, filter, order)
      const found = await lists(
        listImages(staging.engine, selection, order, {
          images: 600,
          byCase: false,
          firstPart: 70,
          areas: async () => finish(imageAreas({ cube, rows, dimensions }, filter)),
        }),
      )
      for (const { ids } of found)
        expect([...ids], JSON.stringify(filter)).toEqual(expected.slice(0, ids.length))
      expect(found.map(({ complete }) => complete)).toEqual(
        found.map((_, i, all) => i === all.length - 1),
      )
      expect(found.at(-1)?.ids).toHaveLength(expected.length)
      if (order.by === 'area') continue
      const sqlOrder = { ...order, by: order.by }
      const first = await staging.engine.uints(firstImagesSql(selection, sqlOrder, 50))
      expect([...first[0]!], JSON.stringify(filter)).toEqual(expected.slice(0, 50))
    }
  })

  test('parts that cut the images anywhere make up the whole', async () => {
    const { dimensions, staging } = release
    for (const filter of FILTERS)
      for (const by of ORDERS) {
        if (by === 'area') continue
        const order = { by, descending: false, seed: 1 }
        const selection = resolveFilter(filter, dimensions)
        const ids: number[] = []
        for (const [from, to] of [
          [0, 7],
          [7, 301],
          [301, 600],
        ] as const) {
          const [part] = await staging.engine.uints(partSql(selection, order, { from, to }, false))
          ids.push(...part!)
        }
        expect(ids).toEqual(naiveOrder(release, filter, { ...order, by: 'dataset' }))
      }
  })

  test('cases begin where the case of an image is another than before', async () => {
    const { images, dimensions, staging } = release
    const order: Order = { by: 'dataset', descending: true, seed: 0 }
    const selection = resolveFilter({ modality: ['CT'] }, dimensions)
    const list = (
      await lists(
        listImages(staging.engine, selection, order, {
          images: 600,
          byCase: true,
          firstPart: 50,
          areas: noAreas,
        }),
      )
    ).at(-1)!
    const cases = [...list.ids].map(id => images[id]!.case_id)
    expect([...list.caseStarts!]).toEqual(
      cases.flatMap((one, i) => (i === 0 || one !== cases[i - 1] ? [i] : [])),
    )
  })

  test('images by id, and the images of a case, carry their names', async () => {
    const { images, dimensions, staging } = release
    const rows = await imageRows(staging.engine, dimensions, [3, 17, 9999])
    expect(rows.map(({ imageId }) => imageId).sort((a, b) => a - b)).toEqual([3, 17])
    const row = rows.find(({ imageId }) => imageId === 17)!
    const image = images[17]!
    expect(row).toMatchObject({
      width: image.width,
      height: image.height,
      masks: image.masks.length,
      dataset: dimensions.datasets[image.dataset_id]!.dataset,
      caseId: image.case_id,
      caseName: ['img 1', 'img.2', 'B--1', 'é', '1'][image.case_id],
    })
    const ofCase = await caseImages(staging.engine, dimensions, 17)
    expect(ofCase).toHaveLength(images.filter(({ case_id }) => case_id === image.case_id).length)
    expect(ofCase.every(({ caseId }) => caseId === image.case_id)).toBe(true)
    expect(await imageRows(staging.engine, dimensions, [])).toEqual([])
  })

  test('a sample is the beginning of the shuffle', async () => {
    const { dimensions, staging } = release
    const selection = resolveFilter({ modality: ['MR'] }, dimensions)
    const rows = await sampleImages(staging.engine, dimensions, selection, 12, 5)
    expect(rows.map(({ imageId }) => imageId)).toEqual(
      naiveOrder(
        release,
        { modality: ['MR'] },
        { by: 'shuffle', descending: false, seed: 5 },
      ).slice(0, 12),
    )
  })

  test('a newer filter ends an older list between two parts', async () => {
    const { dimensions, staging } = release
    const stop = new AbortController()
    let asked = 0
    const engine: ColumnEngine = {
      rows: staging.engine.rows,
      uints(query, signal) {
        if (++asked === 2) stop.abort(new Error('another filter'))
        return staging.engine.uints(query, signal)
      },
    }
    const order: Order = { by: 'masks', descending: true, seed: 0 }
    const running = listImages(engine, resolveFilter({}, dimensions), order, {
      areas: noAreas,
      images: 600,
      byCase: false,
      firstPart: 50,
      signal: stop.signal,
    })
    await expect(lists(running)).rejects.toThrow('another filter')
    expect(asked).toBe(2)
  })

  test('a hash is the same number in SQL', async () => {
    const ids = [0, 1, 2, 65_535, 4_596_801, 2 ** 31, 2 ** 32 - 1]
    for (const seed of [0, 1, 4_000_000_000]) {
      const [hashes] = await release.staging.engine.uints(
        sql`SELECT ${seededHashSql(sql`id`, seed)} FROM (VALUES ${{
          text: ids.map((id, i) => `(${id}::UINTEGER, ${i})`).join(', '),
          params: [],
        }}) AS t(id, i) ORDER BY i`,
      )
      expect([...hashes!]).toEqual(ids.map(id => seededHash(id, seed)))
    }
  })
})

test('a hash spreads ids evenly and shares no number', () => {
  const hashes = Array.from({ length: 20_000 }, (_, id) => seededHash(id, 5))
  expect(new Set(hashes).size).toBe(20_000)
  const tenths = new Array(10).fill(0)
  for (const hash of hashes) tenths[Math.floor((hash / 2 ** 32) * 10)]++
  for (const n of tenths) expect(Math.abs(n - 2000)).toBeLessThan(200)
})

test('sorting keeps the order of equal keys, and pauses in between', async () => {
  const ids = Uint32Array.from({ length: 200_000 }, (_, i) => i)
  const keys = ids.map(id => (id % 3 === 0 ? 0xffffffff : seededHash(id, 1) % 1000))
  const expected = [...ids].sort((a, b) => keys[a]! - keys[b]! || a - b)
  let pauses = 0
  const sorted = await sortIds(ids, keys, async () => void pauses++)
  expect([...sorted]).toEqual(expected)
  expect(pauses).toBeGreaterThan(10)
})
