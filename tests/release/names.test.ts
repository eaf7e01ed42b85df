import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Axis } from '../../lib/manifest/tables'
import {
  type ImageName,
  imageName,
  imageStem,
  maskName,
  parseImageName,
  parseMaskName,
} from '../../lib/release/names'
import { SUBMODALITIES } from '../../lib/release/submodalities'

const REAL: [path: string, parts: ImageName][] = [
  ['mr_00--ACDC--patient001_frame01--x_0006', name('mr_00', 'ACDC', 'patient001_frame01', 'x', 6)],
  [
    'mr_t1--BraTS2021--BraTS2021_00218--z_0141',
    name('mr_t1', 'BraTS2021', 'BraTS2021_00218', 'z', 141),
  ],
  ['ct_00--CAD_PE--001--x_0125', name('ct_00', 'CAD_PE', '001', 'x', 125)],
  [
    'ct_00--CTSpine1K_Full--1.3.6.1.4.1.9328.50.4.0103--z_0281',
    name('ct_00', 'CTSpine1K_Full', '1.3.6.1.4.1.9328.50.4.0103', 'z', 281),
  ],
  [
    'x_ray--covid_19_ct_cxr--16660_5_1--2d_none',
    name('x_ray', 'covid_19_ct_cxr', '16660_5_1', '2d', null),
  ],
  ['ct_00--COVID-19-20--volume-68--y_12345', name('ct_00', 'COVID-19-20', 'volume-68', 'y', 12345)],
]

function name(
  submodality: string,
  dataset: string,
  caseName: string,
  axis: Axis,
  slice: number | null,
): ImageName {
  return { submodality, dataset, caseName, axis, slice }
}

describe('image names', () => {
  test.each(REAL)('%s', (stem, parts) => {
    expect(parseImageName(`images/${stem}.png`)).toEqual(parts)
    expect(imageName(parts)).toBe(`images/${stem}.png`)
  })

  test.each([
    ['images/ct_00--BTCV--1--z_001.png', 'bad-number'],
    ['images/ct_00--BTCV--1--z_00012.png', 'bad-number'],
    ['images/ct_00--BTCV--1--z_65536.png', 'bad-number'],
    ['images/ct_00--BTCV--1--w_0001.png', 'unknown-axis'],
    ['images/ct_00--BTCV--1--2d_0001.png', 'unknown-axis'],
    ['images/ct_00--BTCV--1--z.png', 'malformed-name'],
    ['images/ct_00--BTCV--z_0001.png', 'malformed-name'],
    ['images/ct_00--BTCV----z_0001.png', 'malformed-name'],
    ['images/ct_00---z_0001.png', 'malformed-name'],
    ['images/.png', 'malformed-name'],
    ['images/ct_99--BTCV--1--z_0001.png', 'unknown-modality'],
    ['images/CT_00--BTCV--1--z_0001.png', 'unknown-modality'],
    ['images/ct_00--BTCV--1--z_0001.PNG', 'not-png'],
    ['images/ct_00--BTCV--1--z_0001.jpg', 'not-png'],
    ['masks/ct_00--BTCV--1--z_0001.png', 'wrong-folder'],
    ['images/a/ct_00--BTCV--1--z_0001.png', 'wrong-folder'],
    ['ct_00--BTCV--1--z_0001.png', 'wrong-folder'],
    ['/images/ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['images//ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['images/../ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['./images/ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['C:/images/ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['images\\ct_00--BTCV--1--z_0001.png', 'path-trick'],
    ['images/ct_00--BTCV--1\0--z_0001.png', 'path-trick'],
    ['images/ct_00--BTCV--1\n--z_0001.png', 'path-trick'],
    ['images/ct_00--BTCV--\u202e1--z_0001.png', 'path-trick'],
    ['images/ct_00--BTCV--\ufeff1--z_0001.png', 'path-trick'],
    ['images/ct_00--BTCV--\ud8001--z_0001.png', 'path-trick'],
    ['', 'path-trick'],
  ])('%j is %s', (path, reason) => {
    expect(parseImageName(path)).toBe(reason)
  })

  test('dots, spaces, parentheses and non-ASCII are part of the ori name', () => {
    const parts = name('ct_00', 'BTCV', '..a (1) é日本 😀.nii', 'z', 1)
    expect(parseImageName(imageName(parts))).toEqual(parts)
  })

  test('the class map decides where a name with more separators splits', () => {
    const path = 'images/ct_00--A--B--C--z_0001.png'
    expect(parseImageName(path)).toBe('ambiguous-name')
    expect(parseImageName(path, new Set(['A']))).toMatchObject({ dataset: 'A', caseName: 'B--C' })
    expect(parseImageName(path, new Set(['A--B']))).toMatchObject({
      dataset: 'A--B',
      caseName: 'C',
    })
    expect(parseImageName(path, new Set(['A', 'A--B']))).toBe('ambiguous-name')
    expect(parseImageName(path, new Set(['B']))).toBe('unknown-dataset')
  })

  test('three dashes are two overlapping separators', () => {
    const path = 'images/ct_00--A---B--z_0001.png'
    expect(parseImageName(path)).toBe('ambiguous-name')
    expect(parseImageName(path, new Set(['A']))).toMatchObject({ dataset: 'A', caseName: '-B' })
    expect(parseImageName(path, new Set(['A-']))).toMatchObject({ dataset: 'A-', caseName: 'B' })
    expect(parseImageName(path, new Set(['A', 'A-']))).toBe('ambiguous-name')
  })

  test('dashes at the outer ends belong to dataset and ori name', () => {
    const parts = name('ct_00', '-A', 'B-', 'z', 1)
    expect(parseImageName(imageName(parts))).toEqual(parts)
  })
})

describe('mask names', () => {
  test('a real name', () => {
    const path = 'masks/ct_00--Totalsegmentator_dataset--s0065--y_0051--0047_000.png'
    const parsed = parseMaskName(path)
    expect(parsed).toEqual({
      imageStem: 'ct_00--Totalsegmentator_dataset--s0065--y_0051',
      classId: '0047',
      instance: 0,
    })
    expect(maskName(parsed as Exclude<typeof parsed, string>)).toBe(path)
  })

  test.each([
    ['masks/a--0001_00.png', 'bad-number'],
    ['masks/a--0001_0012.png', 'bad-number'],
    ['masks/a--0001_65536.png', 'bad-number'],
    ['masks/a--00001_000.png', 'bad-class-id'],
    ['masks/a--1_000.png', 'bad-class-id'],
    ['masks/a--0001.png', 'malformed-name'],
    ['masks/0001_000.png', 'malformed-name'],
    ['masks/a--０００１_000.png', 'malformed-name'],
    ['masks/a--0001_000', 'not-png'],
    ['images/a--0001_000.png', 'wrong-folder'],
    ['masks/../a--0001_000.png', 'path-trick'],
  ])('%j is %s', (path, reason) => {
    expect(parseMaskName(path)).toBe(reason)
  })
})

const code = fc.constantFrom(...SUBMODALITIES.map(row => row.submodality))
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('-', '--', '_', 'a', '.', ' ', '(', 'é'), minLength: 1 }),
)
const axisAndSlice = fc.oneof(
  fc.constant({ axis: '2d' as const, slice: null }),
  fc.record({
    axis: fc.constantFrom('x' as const, 'y' as const, 'z' as const),
    slice: fc.nat(65_535),
  }),
)
const image = fc
  .tuple(code, piece, piece, axisAndSlice)
  .map(([submodality, dataset, caseName, tail]) => ({ submodality, dataset, caseName, ...tail }))

describe('properties', () => {
  test('whatever is accepted rebuilds byte for byte', () => {
    const almost = fc
      .tuple(image, fc.array(fc.tuple(fc.nat(80), fc.constantFrom('-', '0', '', '_', '/', '😀'))))
      .map(([parts, edits]) =>
        edits.reduce(
          (path, [at, text]) => path.slice(0, at) + text + path.slice(at + 1),
          imageName(parts),
        ),
      )
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), path => {
        const parsed = parseImageName(path)
        if (typeof parsed !== 'string') expect(imageName(parsed)).toBe(path)
        const maskPath = path.replace('images/', 'masks/')
        const mask = parseMaskName(maskPath)
        if (typeof mask !== 'string') expect(maskName(mask)).toBe(maskPath)
      }),
      { numRuns: 2000 },
    )
  })

  test('parts → name → the same parts, or a refusal; never other parts', () => {
    fc.assert(
      fc.property(image, parts => {
        const parsed = parseImageName(imageName(parts), new Set([parts.dataset]))
        if (typeof parsed !== 'string') expect(parsed).toEqual(parts)
        else expect(['path-trick', 'wrong-folder']).toContain(parsed)
      }),
      { numRuns: 2000 },
    )
  })

  test('a mask of any image leads back to it', () => {
    fc.assert(
      fc.property(image, fc.nat(9999), fc.nat(65_535), (parts, classNumber, instance) => {
        const classId = String(classNumber).padStart(4, '0')
        const path = maskName({ imageStem: imageStem(parts), classId, instance })
        const parsed = parseMaskName(path)
        if (typeof parsed !== 'string')
          expect(parsed).toEqual({ imageStem: imageStem(parts), classId, instance })
      }),
    )
  })
})
