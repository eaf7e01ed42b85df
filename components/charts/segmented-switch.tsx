import { ToolButton } from '../ui/tool-button'

/** A switch between a few views of a chart: adjacent buttons, of which one is pressed. */
export function SegmentedSwitch<Value extends string>({
  legend,
  options,
  value,
  onChange,
}: {
  /** Name of the switch, for screen readers. */
  legend: string
  /** Values and their titles. */
  options: readonly (readonly [Value, string])[]
  value: Value
  onChange: (value: Value) => void
}) {
  return (
    <fieldset className="flex flex-wrap border-r border-line pr-2">
      <legend className="sr-only">{legend}</legend>
      {options.map(([one, title]) => (
        <ToolButton key={one} look="quiet" pressed={value === one} onClick={() => onChange(one)}>
          {title}
        </ToolButton>
      ))}
    </fieldset>
  )
}
