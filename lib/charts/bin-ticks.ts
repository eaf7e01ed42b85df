import {
  AREA_SHARE_BINS,
  ASPECT_BINS,
  binRange,
  integerBinLabel,
  MASK_COUNT_BINS,
} from '../manifest/bins'

/** Labels of a histogram's axis. */
export interface BinTicks {
  /** Whether a label stands below the middle of its bin, or below the lower edge. */
  readonly at: 'middle' | 'edge'
  /** Label of each bin; empty if there is no room. */
  readonly texts: readonly string[]
}

const ticks = (
  { edges }: { readonly edges: readonly number[] },
  at: BinTicks['at'],
  text: (edge: number, bin: number) => string,
): BinTicks => ({ at, texts: edges.map(text) })

/** Ticks and labels at the lower edges of bands. */
const AT_EDGE = {
  ticks: true,
  tickSize: 4,
  labelPadding: 2,
  bandPosition: 0,
  labelOffset: { expr: "-bandwidth('x') / 2" },
}

/**
 * The x axis of bins that are bands.
 *
 * @param values The bins, as the scale's domain names them.
 */
export function tickAxis(values: readonly string[], { at, texts }: BinTicks) {
  const textOf = Object.fromEntries(values.map((value, bin) => [value, texts[bin] ?? '']))
  return {
    values: values.filter(value => textOf[value] !== ''),
    labelAngle: 0,
    labelOverlap: true,
    labelExpr: `${JSON.stringify(textOf)}[datum.value]`,
    ...(at === 'edge' && AT_EDGE),
  }
}

export const MASK_COUNT_TICKS = ticks(MASK_COUNT_BINS, 'middle', (edge, bin) =>
  binRange(MASK_COUNT_BINS, bin).hi === null ? `${edge}+` : integerBinLabel(MASK_COUNT_BINS, bin),
)

/** Labelled aspects: inverse numbers on both sides of 1. */
const NAMED_ASPECTS = [0.25, 0.5, 0.7, 1.43, 2, 4]

export const ASPECT_TICKS = ticks(ASPECT_BINS, 'edge', edge => {
  if (edge === 0.9999) return '1'
  return NAMED_ASPECTS.includes(edge) ? String(edge) : ''
})

/** Powers of ten, in percent. */
export const AREA_TICKS = ticks(AREA_SHARE_BINS, 'edge', edge =>
  edge > 0 && Number.isInteger(Math.log10(edge)) ? `${Number((edge * 100).toPrecision(1))}%` : '',
)
