import { FrameButton } from '../charts/chart-frame'
import type { Measure } from './organ-counts'

/** Masks or images, for the colours and the counts beside them. */
export function MeasureSwitch({
  measure,
  onChange,
}: {
  measure: Measure
  onChange: (measure: Measure) => void
}) {
  return (
    <fieldset className="flex">
      <legend className="sr-only">What the body map counts</legend>
      {(['masks', 'images'] as const).map(one => (
        <FrameButton key={one} pressed={measure === one} onClick={() => onChange(one)}>
          {one === 'masks' ? 'Masks' : 'Images'}
        </FrameButton>
      ))}
    </fieldset>
  )
}
