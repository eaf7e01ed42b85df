import { formatCount } from '../../lib/format'
import { sliceText } from '../../lib/gallery/captions'
import { useEngine } from '../engine-provider'
import { ToolButton } from '../ui/tool-button'
import { showImage } from './open-image'
import type { CaseSeries } from './use-case-series'

/** Steps through the slices of the case, along the axis of the open image. */
export function SliceScrubber({
  place: { own, position, row },
  onSlide,
}: {
  place: CaseSeries
  onSlide: (by: number) => void
}) {
  const { stage } = useEngine()
  if (!own || !row)
    return (
      <p className="flex min-h-[44px] items-center px-4 text-[12px] text-muted">
        {stage === 'rows'
          ? 'Loading the case…'
          : stage === 'error'
            ? 'Could not load the image list, which the other slices need.'
            : 'The other slices appear once the image list is loaded.'}
      </p>
    )
  const count = own.images.length
  if (count === 1)
    return (
      <p className="flex min-h-[44px] items-center px-4 text-[12px] text-muted">
        {row.slice === null
          ? 'A 2D image has no other slices.'
          : `The only slice of this case in ${own.title}.`}
      </p>
    )
  const what = row.slice === null ? 'picture' : `slice ${sliceText(row)}`
  return (
    <div className="flex min-h-[44px] items-center gap-3 px-4 text-[12px]">
      <ToolButton label="Previous slice" title="[ or ←" onClick={() => onSlide(-1)}>
        [
      </ToolButton>
      <input
        type="range"
        min={0}
        max={count - 1}
        value={position}
        aria-label={`Slices of ${own.title}`}
        aria-valuetext={`${what}, ${position + 1} of ${count}`}
        data-testid="scrubber"
        onChange={event => {
          const image = own.images[Number(event.target.value)]
          if (image) showImage(image.imageId)
        }}
        className="min-w-0 grow"
      />
      <ToolButton label="Next slice" title="] or →" onClick={() => onSlide(1)}>
        ]
      </ToolButton>
      <span className="w-52 shrink-0 text-right text-muted max-md:w-32">
        {what}, {formatCount(position + 1)} of {formatCount(count)}
      </span>
    </div>
  )
}
