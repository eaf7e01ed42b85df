import { countOf, formatCount } from '../../lib/format'

/** How much of what is selected a distribution lacks, if any. */
export function Unmeasured({ count }: { count: number }) {
  return count > 0 ? <>; {formatCount(count)} not measured</> : null
}

/** Why a distribution has nothing to show, if that is because nothing is measured. */
export const nothingMeasured = (count: number, noun: 'image' | 'mask'): string | undefined =>
  count > 0
    ? `${countOf(count, noun)}, none measured: “samed2d measure” reads sizes and areas from the pictures.`
    : undefined
