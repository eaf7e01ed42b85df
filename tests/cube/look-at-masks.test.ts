import { expect, test } from 'vitest'
import { IN, type MaskLook, NO_MASK, OUT, sumMasks } from '../../lib/cube/look-at-masks'
import { kindOf } from '../../lib/cube/rows'
import { emptyTally } from '../../lib/cube/tally'

/** Two masks: an empty one of the first label, and one of 7 px of the second. */
function look(first: number, second: number): MaskLook {
  const states = new Uint8Array(kindOf(2, 0))
  states[kindOf(0, 0)] = first
  states[kindOf(1, 0)] = second
  return {
    masks: { kind: Uint16Array.of(kindOf(0, 0), kindOf(1, 0)), area: Uint32Array.of(0, 7) },
    states,
    min: 0,
    max: 1,
    tally: emptyTally({}, 2),
    low: new Int32Array(2),
    high: new Int32Array(2),
    lowBits: 0,
    highBits: 0,
  }
}

test('an empty mask is a mask', () => {
  expect(sumMasks(look(IN, IN), 0, 2, 100)).toBe(7)
  expect(sumMasks(look(IN, OUT), 0, 2, 100)).toBe(0)
  expect(sumMasks(look(OUT, OUT), 0, 2, 100)).toBe(NO_MASK)
  expect(NO_MASK).not.toBe(0)
})
