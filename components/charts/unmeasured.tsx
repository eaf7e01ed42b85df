import { countOf, formatCount } from '../../lib/format'

/** Note on the selected images or masks that a distribution lacks, if there are any. */
export function Unmeasured({ count }: { count: number }) {
  return count > 0 ? <>; {formatCount(count)} not measured</> : null
}

/** Why a distribution is empty, if the reason is that nothing is measured. */
export const nothingMeasured = (count: number, noun: 'image' | 'mask'): string | undefined =>
  count > 0
    ? `${countOf(count, noun)}, none measured: the command measure reads sizes and areas from the pictures.`
    : undefined
