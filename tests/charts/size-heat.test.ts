import { expect, test } from 'vitest'
import { DARK, LIGHT } from '../../lib/charts/colors'
import { parseSizeValue, sizeHeat } from '../../lib/charts/size-heat'
import { bars, draw } from './draw'

const all = [
  { widthBin: 6, heightBin: 3, images: 1368749 },
  { widthBin: 6, heightBin: 6, images: 472800 },
  { widthBin: 11, heightBin: 7, images: 12 },
]
const nothing = { width: null, height: null }

test('every width and height of the manifest has its place, holes too; tall images are on top', () => {
  const { rows } = sizeHeat(all, all, nothing, LIGHT)
  expect(rows.map(row => [row.width, row.height, row.count])).toEqual([
    ['224–255', '256–319', 0],
    ['512–575', '256–319', 12],
    ['224–255', '224–255', 472800],
    ['512–575', '224–255', 0],
    ['224–255', '128–159', 1368749],
    ['512–575', '128–159', 0],
  ])
  expect(parseSizeValue(rows[4]?.value ?? '')).toEqual({ widthBin: 6, heightBin: 3 })
})

test('what the filter empties is grey, what the manifest lacks is empty', () => {
  const { rows, spec } = sizeHeat(all.slice(0, 1), all, nothing, LIGHT)
  const hole = (value: string) => rows.find(row => row.value === value)?.hole
  expect(hole('11 × 7')).toBe(LIGHT.ghost)
  expect(hole('11 × 3')).toBe('transparent')
  expect(spec).toEqual(sizeHeat(all, all, nothing, LIGHT).spec)
})

test('picked bins are outlined and the others fade', async () => {
  const bin = (n: number) => ({ first: n, last: n, cut: [] })
  const chart = sizeHeat(all, all, { width: bin(6), height: bin(3) }, LIGHT)
  expect(chart.rows.filter(row => row.picked).map(row => row.value)).toEqual(['6 × 3'])
  expect(chart.rows.find(row => row.value === '6 × 6')?.opacity).toBeLessThan(1)
  expect(chart.spec).toEqual(sizeHeat(all, all, nothing, LIGHT).spec)
  // Six cells and an outline.
  expect(bars(await draw(chart))).toHaveLength(7)
  const wide = sizeHeat(all, all, { width: bin(6), height: null }, LIGHT)
  expect(wide.rows.filter(row => row.picked)).toHaveLength(3)
})

test.each([LIGHT, DARK])('is drawn with a logarithmic legend', async theme => {
  const svg = await draw(sizeHeat(all, all, nothing, theme))
  for (const text of ['224', '512', '128', 'width in px', 'images, logarithmic', '1M'])
    expect(svg).toContain(`>${text}<`)
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  expect(await draw(sizeHeat([], [], nothing, theme))).not.toMatch(/NaN|undefined/)
})
