import { formatCount, formatShare } from '../../lib/format'
import type { MaskInfo, PictureInfo } from '../../lib/images/picture-info'
import { originalUrl } from '../../lib/images/picture-url'
import { FoundList } from './found-list'
import { MaskControls } from './mask-controls'
import { labelsOf, type ShownMasks, withLabels } from './shown-masks'

/** The masks of the image by label, with switches and the facts about each mask. */
export function ImageMasks({
  info,
  masks,
  onChange,
}: {
  info: PictureInfo
  masks: ShownMasks
  onChange: (masks: ShownMasks) => void
}) {
  const labels = labelsOf(info)
  return (
    <section aria-labelledby="image-masks">
      <h2 id="image-masks" className="mb-1 font-semibold">
        Masks{' '}
        <span className="text-[11px] font-normal text-muted">{formatCount(info.masks.length)}</span>
      </h2>
      {labels.length === 0 && <p className="text-muted">This image has no masks.</p>}
      {labels.length > 0 && <MaskControls labels={labels} masks={masks} onChange={onChange} />}
      <ul data-testid="image-labels" className="flex flex-col gap-1.5">
        {labels.map(label => {
          const ofLabel = info.masks.filter(mask => mask.label === label)
          return (
            <li key={label}>
              <label className="flex items-center gap-2">
                <input
                  type="checkbox"
                  checked={!masks.hidden.has(label)}
                  onChange={event => onChange(withLabels(masks, [label], event.target.checked))}
                />
                <span
                  aria-hidden="true"
                  className="size-3 shrink-0 border border-black/40"
                  style={{ background: ofLabel[0]?.color }}
                />
                <span className="min-w-0 break-words">{label}</span>
              </label>
              <ul className="ml-6 text-[11px] text-muted">
                {ofLabel.map(mask => (
                  <MaskLine key={mask.key} info={info} mask={mask} />
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function MaskLine({ info, mask }: { info: PictureInfo; mask: MaskInfo }) {
  const { area, box, instance, key, found } = mask
  const pixels = info.width !== null && info.height !== null ? info.width * info.height : null
  return (
    <li className="flex flex-wrap gap-x-2">
      <span>instance {instance}</span>
      <span title={area === null ? 'not measured yet' : undefined}>
        {area === null ? '— px' : `${formatCount(area)} px`}
        {area !== null && pixels ? ` (${formatShare(area / pixels)})` : ''}
      </span>
      {box && (
        <span title="Box: left, top – right, bottom, the last two exclusive">
          {box.x0}, {box.y0} – {box.x1}, {box.y1}
        </span>
      )}
      {info.store && (
        <a
          href={originalUrl(info.imageId, key)}
          download={mask.path.slice(mask.path.lastIndexOf('/') + 1)}
          aria-label={`Download the mask ${mask.label}, instance ${instance}, as PNG`}
          className="underline"
        >
          PNG
        </a>
      )}
      <FoundList found={found} />
    </li>
  )
}
