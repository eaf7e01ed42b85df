import { axisText, knownAxes } from '../../lib/axes/known-axes'
import { datasetPath } from '../../lib/catalog/paths'
import type { PictureInfo } from '../../lib/images/picture-info'
import { PageLink } from '../ui/page-link'
import { SourceLinks } from '../ui/source-links'

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
        {text === axis && <span className="text-muted"> (which plane it is is not known)</span>}
        {text !== axis && known?.strength === 'presumed' && (
          <span className="text-muted"> (presumed)</span>
        )}
      </p>
      {known && (
        <details className="text-[11px] text-muted">
          <summary>How it is known</summary>
          {known.how} <SourceLinks source={known.source} />{' '}
          {known.upright && <span className="block">Upright: {known.upright.how}</span>}
          <PageLink href={datasetPath(dataset)} className="underline">
            About {dataset}
          </PageLink>
        </details>
      )}
    </section>
  )
}
