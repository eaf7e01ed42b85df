import { formatCount } from '../../lib/format'

/** How much of what is selected a distribution lacks, if any. */
export function Unmeasured({ count }: { count: number }) {
  return count > 0 ? <>; {formatCount(count)} not measured</> : null
}
