import { noGroups } from '../counts/label-groups'
import type { Dimensions } from '../filter/dimensions'
import type { Selection } from '../filter/selection'
import { AREA_SHARE_BINS, touchedBins } from '../manifest/bins'
import { choicesOf } from './choices'
import { BESIDE_CUT, BESIDE_IN, CUT, IN, type MaskLook, OUT } from './look-at-masks'
import { kindOf, type Rows, UNKNOWN_AREA } from './rows'
import type { Question, Tally } from './tally'

/** Prepare to check the masks of images for a question. */
export function maskLook(
  { masks }: Rows,
  dimensions: Dimensions,
  { selection, groups }: Pick<Question, 'selection' | 'groups'>,
  tally: Tally,
): MaskLook {
  const bits = groups ?? noGroups(dimensions.labels.length)
  return {
    masks,
    tally,
    states: kindStates(selection, dimensions),
    min: selection.area?.min ?? 0,
    max: selection.area?.max ?? 1,
    // Signed views, because JavaScript engines handle integers of 32 bits faster if they are signed.
    low: new Int32Array(bits.low.buffer),
    high: new Int32Array(bits.high.buffer),
    lowBits: 0,
    highBits: 0,
  }
}

/** The state of each kind; see `look-at-masks.ts`. */
function kindStates(selection: Selection, dimensions: Dimensions): Uint8Array {
  const { counted, shown } = choicesOf(selection, dimensions)
  const byBin = areaStates(selection)
  const besideByBin = byBin.map(state => BESIDE[state as keyof typeof BESIDE])
  const states = new Uint8Array(kindOf(shown.length, 0)).fill(OUT)
  for (let label = 0; label < shown.length; label++)
    if (shown[label] === 1) states.set(counted[label] === 1 ? byBin : besideByBin, kindOf(label, 0))
  return states
}

/** The states of merged labels that could still be picked. */
const BESIDE = { [OUT]: OUT, [IN]: BESIDE_IN, [CUT]: BESIDE_CUT } as const

/** The state of each area bin: in the range, outside of it, or cut by it. */
function areaStates({ area }: Selection): Uint8Array {
  const states = new Uint8Array(UNKNOWN_AREA + 1).fill(area ? OUT : IN)
  if (!area) return states
  const { first, last, cut } = touchedBins(AREA_SHARE_BINS, area, 0)
  states.fill(IN, first, last + 1)
  for (const bin of cut) states[bin] = CUT
  return states
}
