import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { RANGE_BINS, rangeOfBins } from '../../lib/filter/range-bins'
import { formatCount } from '../../lib/format'
import { lastBelow } from '../../lib/manifest/bins'

const SUFFIX: Readonly<Record<RangeFacetName, string>> = {
  width: ' px',
  height: ' px',
  aspect: '',
  masks: '',
  area: '%',
}

/** A bound for people: four significant digits, areas in percent. */
export function boundText(name: RangeFacetName, value: number): string {
  if (FACETS[name].integer) return formatCount(value)
  if (RANGE_BINS[name].edges.includes(value) && name !== 'area') return String(value)
  return String(Number((name === 'area' ? value * 100 : value).toPrecision(4)))
}

/** A range for people, with rounded bounds: "200–511 px", "1%–10%", "square". */
export function rangeText(name: RangeFacetName, range: Range): string {
  const { min, max } = range
  const unit = SUFFIX[name]
  const { edge, isBelow } = closedEnd(name, max)
  const low = min === undefined ? '' : boundText(name, min)
  const high = edge === undefined ? '' : boundText(name, edge)
  if (isSquare(name, range)) return 'square'
  if (min !== undefined && (min === edge || (name === 'area' && min === 1))) return low + unit
  if (min === undefined) {
    if (max === 0) return high + unit
    return `${isBelow ? 'below' : 'at most'} ${high}${unit}`
  }
  if (edge === undefined) return `at least ${low}${unit}`
  return name === 'area' ? `${low}${unit}–${high}${unit}` : `${low}–${high}${unit}`
}

/** Unit of bounds that people read and type. URLs and commands have areas as shares, not in percent. */
export const boundUnit = (name: RangeFacetName): string =>
  name === 'area' ? '% of the image' : FACETS[name].unit

/** The unit after a number; empty for numbers without a unit. */
export const unitSign = (name: RangeFacetName): string => SUFFIX[name].trim()

/** A bound as the field shows it: areas in percent, with 15 digits, the precision of a share. */
export const typedBound = (name: RangeFacetName, value: number | undefined): string =>
  value === undefined ? '' : String(name === 'area' ? rounded(value * 100) : value)

/** A typed number in the unit of the facet: percent becomes a share. */
export const ofTyped = (name: RangeFacetName, typed: number): number =>
  name === 'area' ? rounded(typed / 100) : typed

const rounded = (value: number) => Number(value.toPrecision(15))

/** A range with all its digits. */
export const exactText = (name: RangeFacetName, { min, max }: Range): string =>
  `${FACETS[name].title}, ${FACETS[name].unit}: ${min ?? ''}..${max ?? ''}`

/** A bin for people. */
export const binText = (name: RangeFacetName, bin: number): string =>
  rangeText(name, rangeOfBins(name, bin, bin))

/** A range that ends just below the edge of a bin is shown as ending at the edge. */
function closedEnd(name: RangeFacetName, max: number | undefined) {
  if (FACETS[name].integer || max === undefined) return { edge: max, isBelow: false }
  const edge = RANGE_BINS[name].edges.find(one => one > 0 && lastBelow(one, 0) === max)
  return { edge: edge ?? max, isBelow: edge !== undefined }
}

const SQUARE = RANGE_BINS.aspect.edges.findIndex(
  (edge, bin, edges) => edge < 1 && (edges[bin + 1] ?? 0) > 1,
)

function isSquare(name: RangeFacetName, { min, max }: Range): boolean {
  const square = rangeOfBins('aspect', SQUARE, SQUARE)
  return name === 'aspect' && min === square.min && max === square.max
}
