import { expect, test } from 'vitest'
import { REGION_COLORS } from '../../lib/charts/colors'
import { labelColor, labelRgb } from '../../lib/images/label-color'
import { fromOklch, toOklch } from '../../lib/images/oklch'

const hueOf = (hex: string) => toOklch(hex).h
const apart = (a: number, b: number) => Math.abs(((a - b + 540) % 360) - 180)

test('a label keeps its colour', () => {
  // Written down: a change here recolours every picture in every cache and figure.
  expect(labelColor('liver', 'Abdomen')).toBe('#d69e4b')
  expect(labelColor('left', null)).toBe('#e0c14f')
})

test('labels have the hue of their region, lesions that of lesions', () => {
  for (const region of ['Head and Neck', 'Thorax', 'Abdomen', 'Pelvic'])
    for (const label of ['liver', 'kidney', 'lung', 'x'])
      expect(
        apart(hueOf(labelColor(label, region)), hueOf(REGION_COLORS[region] ?? '')),
      ).toBeLessThan(40)
  const lesion = labelColor('liver_tumor', 'Abdomen', true)
  expect(apart(hueOf(lesion), hueOf(REGION_COLORS.Lesion ?? ''))).toBeLessThan(40)
})

test('labels of one region differ, and all show on black', () => {
  const labels = Array.from({ length: 24 }, (_, i) => `vertebrae_${i}`)
  const colors = labels.map(label => labelColor(label, 'Thorax'))
  expect(new Set(colors).size).toBe(labels.length)
  for (const label of labels) {
    const [r, g, b] = labelRgb(label, 'Thorax').map(c => (c / 255) ** 2.2) as [
      number,
      number,
      number,
    ]
    expect((0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) / 0.05).toBeGreaterThan(4.5)
  }
})

test('OKLCH and back', () => {
  for (const hex of ['#4c6bac', '#000000', '#ffffff', '#f6507b'])
    expect(fromOklch(toOklch(hex))).toBe(hex)
})
