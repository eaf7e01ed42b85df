import { expect, test } from 'vitest'
import { CaseLayout, type PartLabel } from '../../lib/reference/case-layout'
import { FILE_AXES } from '../../lib/reference/case-slices'
import { MaskBudget } from '../../lib/reference/mask-budget'
import type { PlannedPart } from '../../lib/reference/plan'

const label = (labelId: number, z: number): PartLabel => ({
  labelId,
  presence: 0.05,
  isLesion: labelId % 3 === 0,
  box: { centre: [0.5, 0.5, z], half: [0.1, 0.1, 0.05] },
})
const labels = Array.from({ length: 12 }, (_, i) => label(i, 0.05 + i / 13))

const part = (shape: string, images: number, masks: number, cases: number): PlannedPart => ({
  modality: 'CT',
  shape,
  cases,
  caseName: '{000}',
  submodalities: [['ct_00', images, masks]],
})

const slicesWith = (layout: CaseLayout, l: number): number =>
  [0, 1, 2].reduce((sum, axis) => {
    const cell = axis * layout.labels.length + l
    return sum + (layout.to[cell] as number) - (layout.from[cell] as number)
  }, 0)

test.each([
  ['ct-body', 0],
  ['ct-body', 1],
  ['ct', 1],
  ['mr-thin', 0.2],
  ['xray', 0],
])('%s, stretch %d: the first cases show each label in turn', (shape, stretch) => {
  const cases = labels.length
  const images = shape === 'xray' ? cases : cases * 30
  const layout = new CaseLayout('A', part(shape, images, images, cases), labels)
  layout.stretch = stretch
  for (let l = 0; l < labels.length; l++) {
    layout.load(l)
    expect(slicesWith(layout, l)).toBeGreaterThan(0)
  }
})

test('every slice shows a label, and slices add up to the plan', () => {
  const layout = new CaseLayout('A', part('ct-body', 5000, 9000, 20), labels)
  let slices = 0
  for (let i = 0; i < 20; i++) {
    layout.load(i)
    for (const axis of [0, 1, 2]) {
      const n = layout.slices.count[axis] as number
      slices += n
      for (let slice = 0; slice < n; slice++)
        expect(layout.labelsOn(axis, slice)).toBeGreaterThan(0)
      const last =
        (layout.slices.first[axis] as number) + (n - 1) * (layout.slices.step[axis] as number)
      expect(last).toBeLessThan(layout.slices.dims[axis] as number)
    }
  }
  expect(slices).toBe(5000)
})

test.each([
  [300, 300],
  [300, 301],
  [300, 1200],
  [300, 9000],
])('%d images get exactly %d masks', (images, masks) => {
  const plan = part('mr-cube', images, masks, 5)
  const layout = new CaseLayout('A', plan, labels)
  const budget = new MaskBudget(layout, plan.submodalities)
  let given = 0
  for (let i = 0; i < 5; i++) {
    layout.load(i)
    for (const axis of FILE_AXES)
      for (let slice = 0; slice < (layout.slices.count[axis] as number); slice++) {
        const count = layout.labelsOn(axis, slice)
        given += count + budget.extrasOn(0, count)
      }
  }
  expect(given).toBe(masks)
})
