import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UNASSIGNED } from '../../lib/filter/facets'
import { seededHash } from '../../lib/queries/seeded-hash'
import {
  checkRecipe,
  type LatestRecipe,
  type OldRecipe,
  type Recipe,
} from '../../lib/subset/recipe'
import { SAMPLE_KEYS, type SampleKey, SLICE_KEYS } from '../../lib/subset/sampling'
import { selectSubset } from '../../lib/subset/select.node.ts'
import { type Slice, type VolumeRelease, volumeRelease } from './volume-release'

let release: VolumeRelease
beforeAll(async () => {
  release = await volumeRelease()
})
afterAll(() => release.staging.dispose())

/** The images that a recipe selects, in order, and its report. */
async function select(parts: Partial<LatestRecipe> | Partial<OldRecipe>) {
  const { engine } = release.staging
  const all = { format: 'samed2d-subset', version: 2, steps: [{ op: 'add', where: '' }] }
  const recipe = checkRecipe({ ...all, ...parts }, 'test')
  const report = await selectSubset(engine, release.dimensions, recipe)
  const rows = await engine.rows<{ image_id: number }>({
    text: 'FROM subset_images ORDER BY image_id',
    params: [],
  })
  const [masks] = await engine.rows<{ orphans: number }>({
    text: 'SELECT count(*)::DOUBLE AS orphans FROM subset_masks ANTI JOIN subset_images USING (image_id)',
    params: [],
  })
  expect(masks?.orphans).toBe(0)
  return { images: rows.map(row => release.slices[row.image_id] as Slice), report }
}

/** Values of a key of an image. */
function valuesOf(key: SampleKey, image: Slice): readonly (string | number)[] {
  const labels = image.labels.map(id => release.dimensions.labels[id])
  const values = {
    all: [0],
    modality: [release.dimensions.submodalities[image.submodality_id]?.modality ?? ''],
    dataset: [image.dataset_id],
    case: [image.case_id],
    patient: [image.patient],
    organ: labels.map(label => label?.organ ?? UNASSIGNED),
    label: labels.map(label => label?.label ?? ''),
  } satisfies Record<SampleKey, (string | number)[]>
  return [...new Set<string | number>(values[key])]
}

/** How many images have each value of a key. */
function countBy(key: SampleKey, images: readonly Slice[]) {
  const counts = new Map<string | number, number>()
  for (const image of images)
    for (const value of valuesOf(key, image)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const LIVER: Recipe['steps'] = [{ op: 'add', where: 'label=liver' }]
const steps = fc.constantFrom<Recipe['steps']>(
  [{ op: 'add', where: '' }],
  LIVER,
  [
    { op: 'add', where: 'axis=z' },
    { op: 'add', where: 'dataset=BraTS' },
  ],
  [{ op: 'subtract', where: 'axis=x' }],
)
const count = fc.integer({ min: 1, max: 30 })
const caps = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined })
const seed = fc.nat(1e6)

describe('version 1', () => {
  const perKey = fc.constantFrom(...SAMPLE_KEYS.filter(key => key !== 'patient'))

  /** The first images of each value, in the order of a hash of id and seed. */
  function first(key: SampleKey, images: readonly Slice[], most: number, seed: number) {
    const shuffled = [...images].sort(
      (a, b) => seededHash(a.image_id, seed) - seededHash(b.image_id, seed),
    )
    const taken = new Map<string | number, number>()
    const chosen = new Set<number>()
    for (const image of shuffled)
      for (const value of valuesOf(key, image)) {
        const n = taken.get(value) ?? 0
        taken.set(value, n + 1)
        if (n < most) chosen.add(image.image_id)
      }
    return images.filter(image => chosen.has(image.image_id))
  }

  test('gives the images that it always gave', async () => {
    await fc.assert(
      fc.asyncProperty(perKey, count, caps, seed, async (per, count, cap, seed) => {
        const sample = { per, count }
        const { images, report } = await select({ version: 1, sample, cap, seed })
        const sampled = first(per, release.slices, count, seed)
        expect(images).toEqual(cap === undefined ? sampled : first('dataset', sampled, cap, seed))
        expect(report).toBeNull()
      }),
      { numRuns: 60 },
    )
  })
})

describe('at most', () => {
  test('no value has more, and no image can be added', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom(...SAMPLE_KEYS),
        count,
        caps,
        seed,
        async (steps, per, count, cap, seed) => {
          // With a filter by label, the subset has no masks of other labels.
          const isLiver = steps === LIVER
          const held = (image: Slice) =>
            isLiver ? { ...image, labels: image.labels.filter(id => id === 3) } : image
          const all = (await select({ steps })).images.map(held)
          const found = (await select({ steps, sample: { per, count }, cap, seed })).images
          const images = all.filter(one => found.some(other => other.image_id === one.image_id))
          const fits = (some: readonly Slice[]) =>
            [...countBy(per, some).values()].every(n => n <= count) &&
            [...countBy('dataset', some).values()].every(n => n <= (cap ?? all.length))
          expect(fits(images)).toBe(true)
          // With a key of one value, the limit per dataset comes second, and may leave room.
          if (cap !== undefined && per !== 'label' && per !== 'organ') return
          for (const image of all)
            if (!images.includes(image) && valuesOf(per, image).length > 0)
              expect(fits([...images, image])).toBe(false)
        },
      ),
      { numRuns: 80 },
    )
  })

  test('the report counts what a scan counts', async () => {
    for (const per of ['label', 'organ'] as const)
      for (const rule of ['cap', 'floor'] as const) {
        const { images, report } = await select({ sample: { per, count: 12, rule } })
        const [before, after] = [countBy(per, release.slices), countBy(per, images)]
        expect(report).toEqual({
          per,
          rule,
          count: 12,
          values: [...before.keys()].sort().map(value => ({
            value,
            available: before.get(value),
            images: after.get(value) ?? 0,
          })),
        })
        if (rule === 'cap') expect(Math.max(...after.values())).toBe(12)
      }
  })

  test('the same again, another with another seed', async () => {
    for (const rule of ['cap', 'floor'] as const) {
      const sample = { per: 'label', count: 10, rule } as const
      const { images } = await select({ sample, seed: 7 })
      expect((await select({ sample, seed: 7 })).images).toEqual(images)
      expect((await select({ sample, seed: 8 })).images).not.toEqual(images)
    }
  })
})

test('at least: each value has as many, or all; a filter by label counts that label alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('label' as const, 'organ' as const),
      count,
      seed,
      async (per, count, seed) => {
        const { images } = await select({ sample: { per, count, rule: 'floor' }, seed })
        const [before, after] = [countBy(per, release.slices), countBy(per, images)]
        for (const [value, n] of before)
          expect(after.get(value), `${value}`).toBeGreaterThanOrEqual(Math.min(n, count))
      },
    ),
    { numRuns: 40 },
  )
  const sample = { per: 'label', count: 9, rule: 'floor' } as const
  const { images } = await select({ steps: LIVER, sample })
  expect(images.length).toBe(9)
})

/** Slices by series: a case along an axis, and a sub-modality. */
const seriesOf = ({ case_id, axis_id, submodality_id }: Slice) =>
  `${case_id} ${axis_id} ${submodality_id}`

function groupBy<Key>(images: readonly Slice[], keyOf: (image: Slice) => Key) {
  const groups = new Map<Key, Slice[]>()
  for (const image of images) groups.set(keyOf(image), [...(groups.get(keyOf(image)) ?? []), image])
  return groups
}

/** Distances between the chosen images of a series, in images of that series. */
function distances(all: readonly Slice[], chosen: readonly Slice[]): number[] {
  const places = chosen.map(image => all.indexOf(image))
  return places.slice(1).map((place, i) => place - (places[i] as number))
}

test('one slice in n: equal distances along each axis, sub-modalities together, pictures kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 12 }), seed, async (every, seed) => {
      const { images } = await select({ slices: { every }, seed })
      const chosen = groupBy(images, seriesOf)
      for (const [series, all] of groupBy(release.slices, seriesOf)) {
        const found = chosen.get(series) ?? []
        if (all[0]?.slice === null) {
          expect(found).toEqual(all)
          continue
        }
        expect([Math.floor, Math.ceil].map(round => round(all.length / every))).toContain(
          found.length,
        )
        for (const distance of distances(all, found)) expect(distance).toBe(every)
      }
      const slicesOf = (id: number) =>
        images
          .filter(one => one.submodality_id === id)
          .map(one => [one.case_id, one.axis_id, one.slice])
      expect(slicesOf(1)).toEqual(slicesOf(2))
    }),
    { numRuns: 40 },
  )
})

const unit = fc.constantFrom(...SLICE_KEYS)

test('n slices per patient or case: as many, dealt out by length, at equal distances', async () => {
  await fc.assert(
    fc.asyncProperty(unit, fc.integer({ min: 1, max: 70 }), seed, async (per, count, seed) => {
      const { images } = await select({ slices: { per, count }, seed })
      const unitOf = (image: Slice) => (per === 'case' ? image.case_id : image.patient)
      const chosen = groupBy(images, unitOf)
      for (const [unit, all] of groupBy(release.slices, unitOf)) {
        const its = chosen.get(unit) ?? []
        expect(its.length).toBe(Math.min(count, all.length))
        for (const [series, members] of groupBy(all, seriesOf)) {
          const found = its.filter(image => seriesOf(image) === series)
          const share = (members.length * its.length) / all.length
          expect(Math.abs(found.length - share)).toBeLessThan(1)
          const apart = members.length / found.length
          for (const distance of distances(members, found)) {
            expect(distance).toBeGreaterThanOrEqual(Math.floor(apart))
            expect(distance).toBeLessThanOrEqual(Math.ceil(apart))
          }
        }
      }
    }),
    { numRuns: 40 },
  )
})

describe('no bias', () => {
  const SEEDS = 80
  /** Standard deviations; of a few hundred normal numbers, none is beyond in a million tries. */
  const FAR = 6

  /** How often each image was chosen, over seeds. */
  async function frequencies(parts: Partial<LatestRecipe> | Partial<OldRecipe>): Promise<number[]> {
    const times = release.slices.map(() => 0)
    for (let seed = 1; seed <= SEEDS; seed++)
      for (const { image_id } of (await select({ ...parts, seed })).images)
        times[image_id] = (times[image_id] ?? 0) + 1
    return times
  }

  /** By how many standard deviations a number of choices is off, if each has a chance. */
  const off = (times: number, chance: number) =>
    chance === 0 || chance === 1
      ? times - SEEDS * chance
      : (times - SEEDS * chance) / Math.sqrt(SEEDS * chance * (1 - chance))

  test('each slice has the same chance with one slice in n, and within a patient with n slices', async () => {
    const every = await frequencies({ slices: { every: 5 } })
    const spread = await frequencies({ slices: { per: 'patient', count: 7 } })
    const lengths = groupBy(release.slices, image => image.patient)
    release.slices.forEach((image, id) => {
      const isSlice = image.slice !== null
      expect(Math.abs(off(every[id] ?? 0, isSlice ? 1 / 5 : 1))).toBeLessThan(FAR)
      const length = lengths.get(image.patient)?.length ?? 0
      expect(Math.abs(off(spread[id] ?? 0, Math.min(1, 7 / length)))).toBeLessThan(FAR)
    })
    // A series has its share rounded up or down, so that its sum over seeds varies little.
    for (const images of groupBy(release.slices, seriesOf).values()) {
      const length = lengths.get(images[0]?.patient ?? 0)?.length ?? 0
      const share = Math.min(1, 7 / length) * images.length
      const up = share - Math.floor(share)
      const sum = images.reduce((all, { image_id }) => all + (spread[image_id] ?? 0), 0)
      expect(Math.abs(sum - SEEDS * share)).toBeLessThanOrEqual(
        FAR * Math.sqrt(SEEDS * up * (1 - up)) + 1e-6,
      )
    }
  })

  test.each(['case', 'patient'] as const)(
    'a limit per dataset after one per %s takes short volumes as often as long ones',
    async per => {
      const times = await frequencies({ sample: { per, count: 1 }, cap: 2 })
      const unitOf = (image: Slice) => (per === 'case' ? image.case_id : image.patient)
      for (const images of groupBy(release.slices, ({ dataset_id }) => dataset_id).values()) {
        const units = [...groupBy(images, unitOf).values()]
        for (const own of units) {
          const taken = own.reduce((sum, { image_id }) => sum + (times[image_id] ?? 0), 0)
          expect(Math.abs(off(taken, Math.min(1, 2 / units.length)))).toBeLessThan(4)
        }
      }
    },
  )

  test.each(['cap', 'floor'] as const)(
    'with %s, images of the same labels have the same chance, whatever their case and position',
    async rule => {
      const times = await frequencies({ sample: { per: 'label', count: 15, rule } })
      const groups = groupBy(release.slices, image => valuesOf('label', image).join())
      for (const images of groups.values()) {
        const mean = (some: readonly Slice[]) =>
          some.reduce((sum, image) => sum + (times[image.image_id] ?? 0), 0) / some.length
        const chance = mean(images) / SEEDS
        for (const { image_id } of images)
          expect(Math.abs(off(times[image_id] ?? 0, chance))).toBeLessThan(FAR)
      }
      expect(groups.size).toBeGreaterThan(8)
    },
  )
})
