import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import { sampledText } from '../../lib/subset/sampled-text'
import { fakeEffects } from '../cli/fake-effects'

const SUBSET = ['subset', '--manifest', 'manifests/test']

async function run(...args: string[]) {
  const effects = fakeEffects()
  expect(await main([...SUBSET, ...args], effects)).toBe(0)
  return effects.output()
}

const value = (value: string, available: number, images: number) => ({ value, available, images })

test('a sample per label says how many labels have what was asked for, and why others have less', () => {
  const values = [value('a', 9, 5), value('b', 7, 5), value('c', 2, 2), value('d', 9, 3)]
  expect(sampledText({ per: 'label', rule: 'cap', count: 5, values })).toBe(
    'Images per label, at most 5: 2 labels have 5; 1 label has fewer, all of them included; 1 label has fewer because other labels of their images are at the limit',
  )
  expect(sampledText({ per: 'label', rule: 'cap', count: 5, cap: 7, values })).toContain(
    'because other labels of their images are at the limit, or their datasets have 7 images',
  )
  expect(sampledText({ per: 'organ', rule: 'floor', count: 3, values: values.slice(0, 3) })).toBe(
    'Images per organ, at least 3: 2 organs have 3 or more; 1 organ has fewer, all of them included',
  )
})

test('the report has the images of each label, and how many there were', async () => {
  for (const [option, isFine] of [
    ['--sample', (images: number) => images <= 5],
    ['--at-least', (images: number, available: number) => images >= Math.min(5, available)],
  ] as const) {
    expect(await run(option, 'label:5')).toMatch(/^ {2}Images per label, at (most|least) 5: /m)
    const { cost, sampled, recipe } = JSON.parse(await run(option, 'label:5', '--json'))
    expect(recipe.version).toBe(2)
    expect(sampled.values.length).toBeGreaterThan(200)
    const counts = new Map<string, number>()
    for (const { label, images } of cost.labelCounts) counts.set(label, images)
    expect([...counts.keys()]).toEqual(cost.labels)
    for (const { value, images, available } of sampled.values) {
      expect(counts.get(value) ?? 0).toBe(images)
      expect(isFine(images, available), `${option} ${value}: ${images} of ${available}`).toBe(true)
    }
  }
})

test('counts per label are those of the statistics, whichever masks are selected', async () => {
  for (const where of ['modality=PET,MR', 'organ=Liver', 'area=0.01..0.2']) {
    const { cost, sampled } = JSON.parse(await run('--where', where, '--json'))
    expect(sampled).toBeNull()
    const effects = fakeEffects()
    const stats = ['stats', '--manifest', 'manifests/test', '--unions', '--json']
    expect(await main([...stats, '--where', where], effects)).toBe(0)
    const { facets } = JSON.parse(effects.output())
    const expected = new Map<string, unknown>(
      facets.label.map((one: { value: string }) => [one.value, one]),
    )
    for (const { label, images, masks } of cost.labelCounts)
      expect(expected.get(label), label).toMatchObject({ images, masks })
    expect(cost.labelCounts.length).toBeGreaterThan(2)
  }
})
