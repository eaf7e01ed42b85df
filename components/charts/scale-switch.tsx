import type { CountScale } from '../../lib/charts/base'
import { SegmentedSwitch } from './segmented-switch'

const SCALES = [
  ['linear', 'Linear'],
  ['log', 'Log'],
] as const

/** Linear or logarithmic, for the counts' axis. */
export function ScaleSwitch(props: { scale: CountScale; onChange: (scale: CountScale) => void }) {
  return (
    <SegmentedSwitch
      legend="Scale of the counts"
      options={SCALES}
      value={props.scale}
      onChange={props.onChange}
    />
  )
}
