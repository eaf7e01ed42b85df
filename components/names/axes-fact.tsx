import { axesText, type KnownAxes } from '../../lib/axes/known-axes'
import { AxesSource } from '../ui/axes-source'
import type { Fact } from './facts'

const HOW = {
  seen: 'seen on pictures',
  presumed: 'presumed, so marked ?',
  unknown: '',
} as const satisfies Record<KnownAxes['strength'], string>

/** Which planes the axes of a dataset are, and how that is known. */
export function axesFact(known: KnownAxes): Fact {
  const { dataset, strength } = known
  return {
    name: 'Axes',
    value: (
      <span data-testid="axes">
        {strength === 'unknown' ? 'planes of x, y and z not known' : axesText(dataset)}
        {HOW[strength] && <span className="text-[11px] text-muted"> ({HOW[strength]})</span>}
        <details className="text-[11px] text-muted">
          <summary>How the axes are known</summary>
          <AxesSource known={known} />
        </details>
      </span>
    ),
  }
}
