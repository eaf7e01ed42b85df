import { describe, expect, test } from 'vitest'
import { isMarkRow, isPicked } from '../../components/charts/mark-rows'
import { isPickedCell, pickCell } from '../../components/coverage/pick-cell'
import { DARK, LIGHT } from '../../lib/charts/colors'
import {
  type CoverageMatrixOptions,
  coverageMatrix,
  matrixAxes,
  parseCellValue,
} from '../../lib/charts/coverage-matrix'
import { bars, draw } from './draw'

const all = [
  { row: 'Kidney', column: 'CT', images: 900, masks: 1500 },
  { row: 'Liver', column: 'CT', images: 1234567, masks: 1300000 },
  { row: 'Liver', column: 'Fundus photography', images: 1, masks: 1 },
]
const options: CoverageMatrixOptions = {
  theme: LIGHT,
  measure: 'images',
  sort: 'count',
  labels: 'full',
  step: 20,
  rowNoun: 'organ',
  columnNoun: 'modality',
}
const kidneys = [{ row: 'Kidney', column: 'CT', images: 3, masks: 5 }]

test('a filter keeps order and cells, and its holes differ from those of the manifest', () => {
  const { rows, spec } = coverageMatrix(kidneys, all, options)
  expect(rows.map(cell => [parseCellValue(cell.value), cell.images, cell.allImages])).toEqual([
    [{ row: 'Liver', column: 'CT' }, 0, 1234567],
    [{ row: 'Liver', column: 'Fundus photography' }, 0, 1],
    [{ row: 'Kidney', column: 'CT' }, 3, 900],
    [{ row: 'Kidney', column: 'Fundus photography' }, 0, 0],
  ])
  expect(rows.map(cell => [cell.hole, cell.edge])).toEqual([
    [LIGHT.ghost, 'transparent'],
    [LIGHT.ghost, 'transparent'],
    ['transparent', 'transparent'],
    ['transparent', LIGHT.ghost],
  ])
  // Only rows change, so the picture is not built anew.
  expect(spec).toEqual(coverageMatrix(all, all, options).spec)
})

describe('order', () => {
  test('by total of the measure, or by name', () => {
    expect(matrixAxes(all, 'images', 'count').rows).toEqual(['Liver', 'Kidney'])
    expect(matrixAxes(all, 'images', 'name').rows).toEqual(['Kidney', 'Liver'])
  })

  test('a value paired with itself is ordered by its own total', () => {
    const pair = (row: string, column: string, images: number) => {
      return { row, column, images, masks: null }
    }
    const pairs = [
      pair('a', 'a', 5),
      pair('a', 'b', 5),
      pair('b', 'a', 5),
      pair('b', 'b', 6),
      pair('a', 'c', 4),
      pair('c', 'a', 4),
      pair('c', 'c', 4),
    ]
    const { rows, columns } = matrixAxes(pairs, 'images', 'count')
    expect(rows).toEqual(['b', 'a', 'c'])
    expect(columns).toEqual(rows)
  })
})

describe('picture', () => {
  test.each([LIGHT, DARK])('draws every cell, holes too, and a logarithmic legend', async theme => {
    const svg = await draw(coverageMatrix(all, all, { ...options, theme }))
    expect(bars(svg)).toHaveLength(4)
    for (const text of ['Liver', '1,234,567', '900', 'images, logarithmic', '100k', '1M'])
      expect(svg).toContain(text)
    expect(svg).toContain('>Fundus photography<')
    expect(svg).toContain(theme.ghost)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('abbreviates, or leaves out numbers', async () => {
    const short = await draw(coverageMatrix(all, all, { ...options, labels: 'short' }), 300)
    expect(short).toContain('1.23M')
    const none = await draw(coverageMatrix(all, all, { ...options, labels: 'none' }))
    expect(none).not.toContain('1,234,567')
  })

  test('masks, and labels with labels that have none', async () => {
    expect(await draw(coverageMatrix(all, all, { ...options, measure: 'masks' }))).toContain(
      '1,300,000',
    )
    const own = [{ row: 'liver', column: 'liver', images: 7, masks: null }]
    expect(await draw(coverageMatrix(own, null, options))).toContain('>7<')
  })

  test('nothing at all is drawn without a warning', async () => {
    expect(await draw(coverageMatrix([], [], options))).not.toMatch(/NaN|undefined/)
    const hidden = await draw(coverageMatrix([], all, options))
    expect(hidden.match(new RegExp(`fill="${LIGHT.ghost}"`, 'g'))).toHaveLength(3)
  })

  test('a tall and wide matrix names its columns on both ends', async () => {
    const many = Array.from({ length: 140 * 32 }, (_, i) => ({
      row: `dataset ${i % 140}`,
      column: `organ ${Math.floor(i / 140)}`,
      images: i % 3 ? 0 : i,
      masks: 1,
    }))
    const chart = coverageMatrix(many, many, { ...options, labels: 'none', step: 14 })
    expect(chart.rows).toHaveLength(140 * 32)
    const svg = await draw(chart)
    expect(svg.match(/>organ 17</g)).toHaveLength(2)
  })

  test('names that look like markup or expressions are text', async () => {
    const row = '<b>&"datum.x'
    const svg = await draw(coverageMatrix([{ ...all[0]!, row }], null, options))
    expect(svg).toContain('&lt;b&gt;&amp;')
    expect(svg).not.toContain('<b>')
  })
})

describe('picked cells', () => {
  const kind = { rowsBy: 'organ', columnsBy: 'modality' } as const
  const filter = { organ: ['Liver', 'Kidney'], modality: ['CT'] }
  const pickedOf = (rows: readonly object[]) =>
    rows
      .filter(isMarkRow)
      .filter(isPicked)
      .map(({ value }) => parseCellValue(value))

  test('are those that the filter names, to the keyboard and in the picture', async () => {
    const chart = coverageMatrix(all, all, {
      ...options,
      isPicked: cell => isPickedCell(filter, kind, cell),
    })
    expect(pickedOf(chart.rows)).toEqual([
      { row: 'Liver', column: 'CT' },
      { row: 'Kidney', column: 'CT' },
    ])
    const outlined = (svg: string) =>
      svg.split(`stroke="${LIGHT.text}" stroke-width="2"`).length - 1
    expect(outlined(await draw(chart))).toBe(2)
    expect(outlined(await draw(coverageMatrix(all, all, options)))).toBe(0)
  })

  test('of a row alone there are none; of two labels, those of both and no other', () => {
    const liver = { row: 'Liver', column: 'CT' }
    expect(isPickedCell({ organ: ['Liver'] }, kind, liver)).toBe(false)
    const labels = { rowsBy: 'label', columnsBy: 'label' } as const
    const both = { label: ['liver', 'spleen'] }
    expect(isPickedCell(both, labels, { row: 'spleen', column: 'liver' })).toBe(true)
    expect(isPickedCell(both, labels, { row: 'liver', column: 'liver' })).toBe(false)
    expect(isPickedCell({ label: ['liver'] }, labels, { row: 'liver', column: 'liver' })).toBe(true)
  })
})

describe('a click', () => {
  const kind = { rowsBy: 'organ', columnsBy: 'modality' } as const
  const cell = { row: 'Liver', column: 'MR' }
  const picked = { axis: ['z'], organ: ['Liver'], modality: ['MR'] }

  test('sets both facets, and the same click again drops them', () => {
    const before = { axis: ['z'], organ: ['Rib'], not: { modality: ['MR'] } }
    expect(pickCell(before, kind, cell, false)).toEqual(picked)
    expect(pickCell(picked, kind, cell, false)).toEqual({ axis: ['z'] })
  })

  test('on a hole shows who has the row', () => {
    const rest = { axis: ['z'], modality: ['MR'] }
    expect(pickCell(rest, kind, cell, true)).toEqual({ axis: ['z'], organ: ['Liver'] })
  })

  test('on two labels asks for images that have both', () => {
    const labels = { rowsBy: 'label', columnsBy: 'label' } as const
    const pick = (row: string, column: string) => pickCell({}, labels, { row, column }, false)
    expect(pick('spleen', 'liver')).toEqual({ label: ['liver', 'spleen'], all: ['label'] })
    expect(pick('liver', 'liver')).toEqual({ label: ['liver'] })
  })
})
