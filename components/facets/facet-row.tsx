import { CircleMinus } from 'lucide-react'
import { countOf, formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'

/** One value of a facet: to tick, or to leave out. */
export function FacetRow({
  text,
  count,
  max,
  checked,
  excluded,
  onToggle,
  onExclude,
}: {
  text: string
  count: FacetCount
  /** Images of the facet's largest value: the length of the whole bar. */
  max: number
  checked: boolean
  excluded: boolean
  onToggle: () => void
  onExclude: () => void
}) {
  const full = `${text}: ${countOf(count.images, 'image')}, ${countOf(count.masks, 'mask')}`
  return (
    <li className="group relative flex items-center rounded-sm hover:bg-raised">
      <span
        aria-hidden="true"
        className="absolute bottom-0 left-6 h-0.5 bg-data"
        style={{ width: `calc(${(100 * count.images) / max}% * 0.8)` }}
      />
      <label
        title={full}
        className="flex min-h-6 min-w-0 grow items-center gap-1.5 px-1 has-checked:font-semibold max-md:min-h-9"
      >
        <input
          type="checkbox"
          checked={checked}
          onChange={onToggle}
          aria-label={full}
          className="accent-data"
        />
        <span className={`grow truncate ${excluded ? 'line-through' : ''}`}>{text}</span>
        <span className="shrink-0 text-muted" data-value={count.images}>
          {formatCount(count.images)}
        </span>
      </label>
      <button
        type="button"
        aria-pressed={excluded}
        aria-label={`Exclude ${text}`}
        title={`Exclude ${text}`}
        onClick={onExclude}
        className="shrink-0 rounded-sm p-0.5 text-muted opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100 aria-pressed:text-wrong aria-pressed:opacity-100 max-md:p-2 max-md:opacity-100"
      >
        <CircleMinus size={13} aria-hidden />
      </button>
    </li>
  )
}
