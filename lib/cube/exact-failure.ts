import type { Filter } from '../filter/filter'
import { BINNED_ATTRIBUTES, type BinnedAttribute } from '../manifest/image-attributes'
import { FACET_BIT } from './failed-cells'
import type { Rows } from './rows'

/** The ranges that an image fails, as bits; null if the filter has none. */
export function exactFailure(
  { images: { width, height }, starts }: Rows,
  filter: Filter,
): ((image: number) => number) | null {
  const numberOf: Record<BinnedAttribute, (image: number) => number> = {
    width: image => width[image] || Number.NaN,
    height: image => height[image] || Number.NaN,
    aspect: image => (width[image] as number) / (height[image] as number),
    masks: image => (starts[image + 1] as number) - (starts[image] as number),
  }
  const tests = BINNED_ATTRIBUTES.flatMap(name => {
    const { min = 0, max = Number.POSITIVE_INFINITY } = filter[name] ?? {}
    const of = numberOf[name]
    const bit = FACET_BIT[name]
    // An image that is not measured has NaN, which passes no comparison.
    return filter[name] ? [(image: number) => (of(image) >= min && of(image) <= max ? 0 : bit)] : []
  })
  const [first, ...rest] = tests
  if (!first) return null
  if (rest.length === 0) return first
  return image => tests.reduce((bits, test) => bits | test(image), 0)
}
