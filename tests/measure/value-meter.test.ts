import { expect, test } from 'vitest'
import { maskFlags } from '../../lib/measure/flags'
import { measureMask } from '../../lib/measure/measure-picture.node.ts'
import { makePng } from '../images/png'
import { encodePng } from '../png/encode-png'

const ofRow = (colorType: number, bitDepth: number, ...pixels: readonly (readonly number[])[]) =>
  encodePng({ colorType, bitDepth, samples: [pixels] })
const grey = (...values: readonly number[]) => ofRow(0, 8, ...values.map(value => [value]))
const indexed = (palette: readonly (readonly number[])[], ...indices: readonly number[]) =>
  encodePng({ colorType: 3, bitDepth: 8, palette, samples: [indices.map(index => [index])] })
const bits = (bitDepth: number, ...values: readonly number[]) =>
  ofRow(0, bitDepth, ...values.map(value => [value]))

test.each([
  ['0 and 1', grey(0, 1, 1, 0), null],
  ['0 and 255', grey(255, 0, 255), null],
  ['0 alone', grey(0, 0), null],
  ['one other value alone', grey(4, 4), null],
  ['0 and 4', grey(0, 4), 'values 0, 4'],
  ['0 and 254', grey(0, 254, 254), 'values 0, 254'],
  ['1 and 255 without 0', grey(1, 255), 'values 1, 255'],
  ['0, 1 and 255', grey(0, 1, 255), 'values 0, 1, 255'],
  ['a soft edge', grey(0, 9, 80, 160, 200, 255), 'values 0, 9, 80, 160, 200, …'],
  ['RGB of equal channels', ofRow(2, 8, [0, 0, 0], [255, 255, 255]), null],
  ['RGB of equal channels, 1', ofRow(2, 8, [0, 0, 0], [1, 1, 1]), null],
  ['RGB of equal channels, 7', ofRow(2, 8, [0, 0, 0], [7, 7, 7]), 'values 0, 7'],
  ['red', ofRow(2, 8, [0, 0, 0], [255, 0, 0]), 'colours, such as (255, 0, 0)'],
  ['transparency, which is no value', ofRow(4, 8, [0, 3], [255, 200]), null],
  ['16 bits, 0 and 1', bits(16, 0, 1), null],
  ['16 bits, full scale', bits(16, 0, 65_535), null],
  ['16 bits, 0 and 256', bits(16, 0, 256), 'values 0, 256'],
  ['1 bit', bits(1, 0, 1, 1), null],
  ['2 bits, full scale', bits(2, 0, 3), null],
  ['2 bits, 0 and 1, which readers spread to 85', bits(2, 0, 1), 'values 0, 85'],
  [
    'a palette of black and white',
    indexed(
      [
        [0, 0, 0],
        [255, 255, 255],
      ],
      0,
      1,
    ),
    null,
  ],
  [
    'a palette of red',
    indexed(
      [
        [0, 0, 0],
        [128, 0, 0],
      ],
      0,
      1,
    ),
    'colours, such as (128, 0, 0)',
  ],
  [
    'a palette of two whites',
    indexed(
      [
        [0, 0, 0],
        [255, 255, 255],
        [255, 255, 255],
      ],
      0,
      1,
      2,
    ),
    null,
  ],
])('%s', async (_, png, notBinary) => {
  const mask = await measureMask(png, 'masks/x.png')
  expect(mask.notBinary).toBe(notBinary)
  const flags = maskFlags(mask, mask).filter(({ flag }) => flag === 'non_binary')
  expect(flags).toEqual(notBinary === null ? [] : [{ flag: 'non_binary', detail: notBinary }])
})

test('values of all rows count, before and after a file is too large for the quick way', async () => {
  const valueAt = (x: number, y: number) => (x + y === 0 ? 3 : x === 5 ? 255 : 0)
  for (const height of [4, 4000]) {
    const width = 9000
    const data = new Uint8Array(width * height)
    for (let y = 0; y < height; y++) {
      data[y * width] = valueAt(0, y)
      data[y * width + 5] = valueAt(5, y)
    }
    const mask = await measureMask(makePng({ width, height, data }), 'x')
    expect([mask.area, mask.notBinary]).toEqual([height + 1, 'values 0, 3, 255'])
  }
})
