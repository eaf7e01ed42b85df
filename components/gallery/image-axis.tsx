import { axisText, knownAxes } from '../../lib/axes/known-axes'
import { datasetPath } from '../../lib/catalog/paths'
import type { PictureInfo } from '../../lib/images/picture-info'
import { AxesSource } from '../ui/axes-source'
import { PageLink } from '../ui/page-link'

/** The axis of a slice, the plane it lies in, and how that is known; renders nothing for 2D pictures. */
export function ImageAxis({ info: { dataset, axis } }: { info: PictureInfo }) {
  if (axis === '2d') return null
  const known = knownAxes(dataset)
  const text = axisText(dataset, axis)
  return (
    <section aria-labelledby="image-axis" data-testid="image-axis" className="text-[12px]">
      <h2 id="image-axis" className="mb-1 text-[13px] font-semibold">
        Axis
      </h2>
      <p>
        {text}
        {text === axis && <span className="text-muted"> (plane not known)</span>}
        {text !== axis && known?.strength === 'presumed' && (
          <span className="text-muted"> (presumed)</span>
        )}
      </p>
      {known && (
        <details className="text-[11px] text-muted">
          <summary>How it is known</summary>
          <AxesSource known={known} />{' '}
          <PageLink href={datasetPath(dataset)} className="underline">
            About {dataset}
          </PageLink>
        </details>
      )}
    </section>
  )
}
