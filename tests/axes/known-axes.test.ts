import { expect, test } from 'vitest'
import { axisSummary } from '../../lib/axes/axis-summary'
import { axisOfWord, VOLUME_AXES, WORD_OF_AXIS } from '../../lib/axes/axis-words'
import { axesText, axisText, KNOWN_AXES, planeText, uprightTurn } from '../../lib/axes/known-axes'
import { isMirrored, parseTurn } from '../../lib/axes/turn'
import { KNOWN_DATASET_NAMES } from '../../lib/catalog/known-datasets'

test('every entry is a known dataset, once, with its reason and its source', () => {
  const names = KNOWN_AXES.map(row => row.dataset)
  expect(names).toEqual(names.toSorted())
  expect(new Set(names).size).toBe(names.length)
  for (const { dataset, strength, names, how, source, upright } of KNOWN_AXES) {
    expect(KNOWN_DATASET_NAMES).toContain(dataset)
    expect(['seen', 'presumed', 'unknown']).toContain(strength)
    expect([how.length > 20, source.length > 20], dataset).toEqual([true, true])
    // Names exactly where they are known, and no two axes in one plane.
    const planes = Object.values(names ?? {})
    expect(planes.length > 0, dataset).toBe(strength !== 'unknown')
    expect(new Set(planes).size).toBe(planes.length)
    expect(Object.keys(names ?? {}).every(axis => VOLUME_AXES.some(one => one === axis))).toBe(true)
    if (!upright) continue
    // How pictures lie is said only of pictures that were seen.
    expect(strength, dataset).toBe('seen')
    for (const [axis, turn] of Object.entries(upright.turns)) {
      expect(Object.keys(names ?? {}), dataset).toContain(axis)
      expect(parseTurn(turn)).toBe(turn)
      // A mirrored picture swaps the sides, so these must be known.
      if (isMirrored(turn)) expect(upright.sides, dataset).toBe(true)
    }
  }
})

test('an axis has the name that is known of its dataset, a mark if it is presumed, and none otherwise', () => {
  expect(VOLUME_AXES.map(axis => axisText('AMOS2022', axis))).toEqual([
    'x · axial',
    'y · coronal',
    'z · sagittal',
  ])
  expect(axisText('MSD_Colon', 'x')).toBe('x · axial?')
  expect(planeText('MSD_Colon', 'x')).toBe('presumably axial')
  expect([axisText('ACDC', 'x'), axisText('ACDC', 'y')]).toEqual(['x · short-axis', 'y'])
  expect([axisText('KiTS', 'x'), axisText('no such', 'x')]).toEqual(['x', 'x'])
  expect([axisText('AMOS2022', '2d'), axesText('KiTS')]).toEqual(['2d', ''])
})

test('upright is for the sub-modality that was seen, and for no 2D picture', () => {
  expect(uprightTurn('AMOS2022', 'ct_00', 'x')).toEqual({ turn: 'ud', sides: true })
  expect(uprightTurn('AMOS2022', 'mr_00', 'x')).toBeNull()
  expect(uprightTurn('AMOS2022', 'ct_00', '2d')).toBeNull()
  expect(uprightTurn('MSD_Liver', 'ct_00', 'y')).toEqual({ turn: '180', sides: false })
  expect(uprightTurn('ACDC', 'mr_00', 'y')).toBeNull()
  expect(uprightTurn('no such', 'ct_00', 'x')).toBeNull()
})

test('words are other names of the letters, in any case; other texts stay', () => {
  for (const axis of VOLUME_AXES) {
    expect(axisOfWord(WORD_OF_AXIS[axis])).toBe(axis)
    expect(axisOfWord(WORD_OF_AXIS[axis].toUpperCase())).toBe(axis)
  }
  expect(['x', '2d', 'oblique', 'constructor', ''].map(axisOfWord)).toEqual([
    'x',
    '2d',
    'oblique',
    'constructor',
    '',
  ])
})

test('for several datasets, the name goes as far as it is known', () => {
  const text = (axis: 'x' | 'y', datasets: string[]) => {
    const { text, note } = axisSummary(axis, datasets)
    return note === undefined ? text : `${text} (${note})`
  }
  expect(text('x', ['AMOS2022', 'CT_ORG'])).toBe('x · axial')
  expect(text('x', ['AMOS2022', 'ACDC'])).toBe('x · axial (short-axis in ACDC)')
  expect(text('x', ['AMOS2022', 'ACDC', 'CMRxMotions'])).toBe(
    'x · axial (short-axis in 2 datasets)',
  )
  expect(text('x', ['ACDC', 'KiTS'])).toBe('x · short-axis (in 1 dataset)')
  expect(text('x', ['AMOS2022', 'MSD_Colon', 'KiTS'])).toBe('x · axial (in 2 datasets)')
  expect(text('x', ['MSD_Colon', 'MSD_Lung'])).toBe('x · axial?')
  expect(text('y', ['ACDC', 'KiTS'])).toBe('y')
  expect(text('x', [])).toBe('x')
  expect(axisSummary('x', ['AMOS2022', 'MSD_Colon', 'ACDC', 'KiTS']).doc).toBe(
    'axial, seen: AMOS2022; axial, presumed: MSD_Colon; short-axis, seen: ACDC; of other datasets it is not known.',
  )
})
