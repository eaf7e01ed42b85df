import { formatShare } from '../../lib/format'
import { ToolButton } from '../ui/tool-button'
import { type ShownMasks, withLabels } from './shown-masks'

/** Style, opacity, and buttons to show or hide all masks. */
export function MaskControls({
  labels,
  masks,
  onChange,
}: {
  /** Labels of the image. */
  labels: readonly string[]
  masks: ShownMasks
  onChange: (masks: ShownMasks) => void
}) {
  const { style, opacity, hidden } = masks
  const allOn = labels.every(label => !hidden.has(label))
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-[12px]">
      <fieldset className="flex gap-1">
        <legend className="sr-only">How masks are drawn</legend>
        <ToolButton
          pressed={style === 'fill'}
          onClick={() => onChange({ ...masks, style: 'fill' })}
        >
          Fill
        </ToolButton>
        <ToolButton
          pressed={style === 'contour'}
          onClick={() => onChange({ ...masks, style: 'contour' })}
        >
          Contour
        </ToolButton>
      </fieldset>
      <label className="flex items-center gap-1.5">
        <span className="text-muted">Opacity</span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(opacity * 100)}
          disabled={style === 'contour'}
          aria-valuetext={formatShare(opacity)}
          onChange={event => onChange({ ...masks, opacity: Number(event.target.value) / 100 })}
          className="w-20"
        />
      </label>
      <ToolButton onClick={() => onChange(withLabels(masks, labels, !allOn))}>
        {allOn ? 'Hide all' : 'Show all'}
      </ToolButton>
    </div>
  )
}
