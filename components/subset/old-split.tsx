import {
  formatSizes,
  newPlanOf,
  type OldSplitPlan,
  type SplitPlan,
} from '../../lib/subset/split-plan'
import { ToolButton } from '../ui/tool-button'

/** A split of a version 1 recipe. It stays unchanged until the user converts it. */
export function OldSplit({
  split,
  onSplit,
}: {
  split: OldSplitPlan
  onSplit: (split: SplitPlan) => void
}) {
  return (
    <p role="status" className="basis-full border border-notice-line bg-notice px-2 py-1">
      This subset is split {formatSizes(split)} by {split.by}, as older versions did: its images
      stay the same, but a patient may be in several splits.{' '}
      <ToolButton onClick={() => onSplit(newPlanOf(split))}>Split by patient instead</ToolButton>
    </p>
  )
}
