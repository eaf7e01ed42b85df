import {
  type AttributeArray,
  IMAGE_ATTRIBUTE_NAMES,
  IMAGE_ATTRIBUTES,
  type ImageAttributeName,
} from '../manifest/image-attributes'

/** Columns of image attributes, a row an image or a counted cell of a table; NULL is `UNKNOWN_BIN`. */
export type AttributeColumns = Readonly<Record<ImageAttributeName, AttributeArray>>

/** Rows whose keys are made at once: so few stay in the processor's cache. */
export const KEY_ROWS = 1 << 13

/** Bits that a number holds exactly. */
const KEY_BITS = 53

/** Where in the keys an attribute is: its bits, as a factor, within the low or the high one. */
interface KeyPlace {
  readonly name: ImageAttributeName
  readonly isLow: boolean
  readonly mask: number
  readonly factor: number
}

const PLACES = keyPlaces()

/** The first attributes that fit into one number make up the low key, the others the high one. */
function keyPlaces(): readonly KeyPlace[] {
  let isLow = true
  let used = 0
  return IMAGE_ATTRIBUTE_NAMES.map(name => {
    const { bits } = IMAGE_ATTRIBUTES[name]
    if (used + bits > KEY_BITS) {
      if (!isLow) throw new RangeError('the image attributes have more bits than two numbers hold')
      isLow = false
      used = 0
    }
    const place = { name, isLow, mask: 2 ** bits - 1, factor: 2 ** used }
    used += bits
    return place
  })
}

/** Keys of neighbouring rows: two numbers that tell all combinations of attributes apart. */
export interface KeyMaker {
  readonly low: Float64Array
  readonly high: Float64Array
  /** Write the keys of rows from one up to, not with, another, at most `KEY_ROWS`; from position 0 on. */
  make(start: number, end: number): void
}

/** Makes the keys of a table's rows, a column at a time. */
export function keyMaker(columns: AttributeColumns): KeyMaker {
  const low = new Float64Array(KEY_ROWS)
  const high = new Float64Array(KEY_ROWS)
  // Whatever type a column has, the loop that adds it sees this one and stays compiled for it.
  const values = new Uint32Array(KEY_ROWS)
  return {
    low,
    high,
    make(start, end) {
      low.fill(0)
      high.fill(0)
      for (const { name, isLow, mask, factor } of PLACES) {
        values.set(columns[name].subarray(start, end))
        /*#__NOINLINE__*/ addColumn(isLow ? low : high, values, end - start, mask, factor)
      }
    },
  }
}

function addColumn(
  keys: Float64Array,
  values: Uint32Array,
  count: number,
  mask: number,
  factor: number,
) {
  for (let row = 0; row < count; row++)
    keys[row] = (keys[row] as number) + (((values[row] as number) & mask) >>> 0) * factor
}
