import { expect, test } from 'vitest'
import { displayMark, displayOf, displayText } from '../../lib/gallery/display'
import { asStored, TURN_STEPS, turnByKey, withTurn } from '../../lib/gallery/turn-view'
import { DEFAULT_VIEW } from '../../lib/gallery/view'

const AMOS = { dataset: 'AMOS2022', submodality: 'ct_00', axis: 'x' } as const
const LIVER = { dataset: 'MSD_Liver', submodality: 'ct_00', axis: 'y' } as const
const ACDC = { dataset: 'ACDC', submodality: 'mr_00', axis: 'x' } as const
const UNKNOWN = { dataset: 'KiTS', submodality: 'ct_00', axis: 'x' } as const
const upright = { upright: true, turn: '0' } as const

test('nothing is turned unless somebody asks', () => {
  const display = displayOf(DEFAULT_VIEW, AMOS, false)
  expect([display.turn, displayText(display), displayMark(display)]).toEqual(['0', null, null])
})

test('upright turns what is known, says how, and that sides were not checked', () => {
  const amos = displayOf(upright, AMOS, false)
  expect(amos.turn).toBe('ud')
  expect(displayText(amos)).toBe(
    'Turned for display (upright: mirrored up–down). The files are as they are.',
  )
  expect(displayMark(amos)).toBe('turned upright')
  const liver = displayOf(upright, LIVER, false)
  expect(displayText(liver)).toBe(
    'Turned for display (upright: rotated 180°). The files are as they are. Left and right were not checked.',
  )
  // Known to lie well, or not known at all: as the file is.
  for (const row of [ACDC, UNKNOWN]) expect(displayText(displayOf(upright, row, false))).toBeNull()
})

test('simulated pictures are not turned upright, but by hand', () => {
  expect(displayOf(upright, AMOS, true).turn).toBe('0')
  expect(displayOf({ upright: true, turn: '90' }, AMOS, true).turn).toBe('90')
})

test('a turn by hand comes after upright', () => {
  const display = displayOf({ upright: true, turn: '90' }, AMOS, false)
  expect(display.turn).toBe('lr270')
  expect([displayMark(display), display.isUpright]).toEqual(['mirrored', false])
  expect(displayMark(displayOf({ upright: false, turn: '180' }, AMOS, false))).toBe('turned')
})

test('keys and buttons turn further, and the stored picture comes back', () => {
  const keys = (...pressed: string[]) =>
    pressed.reduce((view, key) => turnByKey(view, key) ?? view, DEFAULT_VIEW)
  expect(keys('r', 'r').turn).toBe('180')
  expect(keys('r', 'R')).toEqual(DEFAULT_VIEW)
  expect(keys('h', 'v').turn).toBe('180')
  expect(keys('u')).toMatchObject({ upright: true, turn: '0' })
  expect(keys('u', 'u')).toEqual(DEFAULT_VIEW)
  expect(turnByKey(DEFAULT_VIEW, 'q')).toBeNull()
  const steps = TURN_STEPS.reduce((view, { by }) => withTurn(view, by), keys('u'))
  expect(asStored(steps)).toEqual(DEFAULT_VIEW)
})
