import { expect, test } from 'vitest'
import { LIGHT } from '../../lib/charts/colors'
import { labelRanks, rankLabels } from '../../lib/charts/label-ranks'
import { draw, points } from './draw'

const labels = [
  { value: 'liver', images: 4, masks: 5 },
  { value: 'aorta', images: 5, masks: 5 },
  { value: 'gone', images: 0, masks: 0 },
  { value: 'kidney', images: 2, masks: 9 },
]

test('most masks first, ties by name, labels without masks left out', () => {
  expect(rankLabels(labels).map(row => [row.rank, row.value])).toEqual([
    [1, 'kidney'],
    [2, 'aorta'],
    [3, 'liver'],
  ])
})

test('draws a point for images and masks of each label, and a ring around the picked one', async () => {
  const svg = await draw(labelRanks(labels, labels, { picked: ['liver'] }, LIGHT))
  expect(points(svg)).toHaveLength(7)
})

test('the unfiltered ranks stay behind as a line, and the filter changes rows only', async () => {
  const few = labels.slice(0, 1)
  const chart = labelRanks(few, labels, { excluded: ['aorta'] }, LIGHT)
  expect(chart.spec).toEqual(labelRanks(labels, labels, {}, LIGHT).spec)
  expect(chart.rows.filter(row => row.ghost).map(row => row.value)).toEqual([
    'kidney',
    'aorta',
    'liver',
  ])
  const svg = await draw(chart)
  expect(points(svg)).toHaveLength(2)
  expect(svg.match(/class="mark-line/g)).toHaveLength(1)
})
