import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeLabels, type Layer } from '../../../lib/subset/compose/label-map'
import { assertLabelMap, labelsJson, labelValues } from '../../../lib/subset/compose/label-values'
import { type OverlapRule, parseOverlapRule } from '../../../lib/subset/compose/overlap-rule'

const PIXELS = 24

const layers = fc
  .array(
    fc.record({
      value: fc.integer({ min: 1, max: 4 }),
      inside: fc.uint8Array({ minLength: PIXELS, maxLength: PIXELS, max: 1 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(all =>
    all.map(
      ({ value, inside }, i): Layer => ({
        path: `masks/a--000${value}_00${i}.png`,
        label: `label ${value}`,
        value,
        inside,
      }),
    ),
  )

/** Of the masks that cover a pixel, the one on top: found pixel by pixel, without drawing. */
function onTop(all: readonly Layer[], at: number, rule: OverlapRule): Layer | null {
  const covering = all.filter(({ inside }) => inside[at] === 1)
  const rank = ({ inside, label }: Layer) =>
    rule.kind === 'order' ? rule.labels.indexOf(label) : -inside.filter(pixel => pixel === 1).length
  let best: Layer | null = null
  for (const each of covering)
    if (!best || rank(each) > rank(best) || (rank(each) === rank(best) && each.path > best.path))
      best = each
  return best
}

test.each<OverlapRule>([
  { kind: 'smaller-on-top' },
  { kind: 'order', labels: ['label 3', 'label 1', 'label 4', 'label 2'] },
])('$kind: every pixel has the mask on top, and lost pixels are counted', rule => {
  fc.assert(
    fc.property(layers, all => {
      const found = composeLabels(all, PIXELS, rule)
      if (!('map' in found)) throw new Error('refused')
      const naive = Array.from({ length: PIXELS }, (_, at) => onTop(all, at, rule)?.value ?? 0)
      expect([...found.map]).toEqual(naive)
      for (const { label, covered, lost, masks } of found.labels) {
        const own = all.filter(each => each.label === label)
        const pixels = naive.flatMap((value, at) =>
          own.some(({ inside }) => inside[at] === 1) ? [value] : [],
        )
        expect({ masks, covered, lost }).toEqual({
          masks: own.length,
          covered: pixels.length,
          lost: pixels.filter(value => value !== own[0]?.value).length,
        })
      }
      expect(found.labels.map(({ label }) => label)).toEqual(
        [...new Set(all.map(({ label }) => label))].sort(),
      )
    }),
    { numRuns: 300 },
  )
})

test('refuse: exactly the images where masks of two labels share a pixel', () => {
  fc.assert(
    fc.property(layers, all => {
      const shared = Array.from({ length: PIXELS }).some(
        (_, at) =>
          new Set(all.filter(({ inside }) => inside[at] === 1).map(({ value }) => value)).size > 1,
      )
      const found = composeLabels(all, PIXELS, { kind: 'refuse' })
      expect('below' in found).toBe(shared)
      if (!('below' in found)) return
      const [below, above] = [found.below, found.above].map(path =>
        all.find(each => each.path === path),
      )
      expect(below?.value).not.toBe(above?.value)
      expect(above?.inside.some((pixel, at) => pixel === 1 && below?.inside[at] === 1)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('background is 0 and numbers follow each other, whatever labels are called', () => {
  const values = labelValues(['2', 'liver', 'background', '10', 'ignore', 'label_background'])
  expect(values.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6])
  const json = labelsJson(values)
  expect(json.startsWith('{"background": 0, "10": 1, "2": 2')).toBe(true)
  const names = Object.keys(JSON.parse(json))
  expect(names).toHaveLength(7)
  expect(JSON.parse(json)).toMatchObject({ background: 0, label_label_background: 3 })
  expect(() => assertLabelMap(Array.from({ length: 256 }, (_, i) => `l${i}`))).toThrow(/255/)
})

test.each([
  ['larger-on-top', 'unknown rule'],
  ['order=a', 'lacks b'],
  ['order=a,b,c', 'no mask has the label c'],
  ['order=a,b,a', 'has a twice'],
])('rule %s: %s', (rule, message) => {
  expect(() => parseOverlapRule(rule, ['a', 'b'])).toThrow(message)
})
