import { ChevronLeft, ChevronRight } from 'lucide-react'
import { formatCount } from '../../lib/format'
import { ToolButton } from '../ui/tool-button'

/** The previous and the next image of the filter, in the gallery's order. */
export function StepButtons({
  at,
  count,
  onStep,
}: {
  /** Position in the list; -1 if the image is not in it. */
  at: number
  count: number
  onStep: (by: number) => void
}) {
  return (
    <>
      <span className="mr-1 text-[11px] text-muted max-md:hidden">
        {at < 0
          ? count > 0 && 'not among the selected images'
          : `${formatCount(at + 1)} of ${formatCount(count)}`}
      </span>
      <ToolButton
        label="Previous image"
        title="Previous image of the filter (p)"
        disabled={at < 1}
        onClick={() => onStep(-1)}
      >
        <ChevronLeft size={14} aria-hidden />
      </ToolButton>
      <ToolButton
        label="Next image"
        title="Next image of the filter (n)"
        disabled={at < 0 || at + 1 >= count}
        onClick={() => onStep(1)}
      >
        <ChevronRight size={14} aria-hidden />
      </ToolButton>
    </>
  )
}
