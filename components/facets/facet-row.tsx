import { ChevronRight, CircleMinus } from 'lucide-react'
import { memo } from 'react'
import type { ValueFacetName } from '../../lib/filter/facets'
import { toggleExcluded, toggleValue } from '../../lib/filter/filter'
import { countOf, formatCount } from '../../lib/format'
import { updateFilter } from '../use-filter'
import { plainWords, type ValueWords } from './axis-names'

/** Indentation per level of a tree, in px. */
export const INDENT_PX = 10

/** Size of the controls; larger on touch screens. */
const TARGET = 'size-(--target) shrink-0'

/** One value of a facet, with controls to tick it, to exclude it, and in a tree to open it. */
export const FacetRow = memo(function FacetRow({
  facet,
  value,
  words,
  images,
  masks,
  max,
  checked,
  excluded,
  depth = 0,
  fold,
  nodeKey = '',
  onFold,
}: {
  facet: ValueFacetName
  value: string
  /** How the value is shown, if not by itself. */
  words?: ValueWords
  images: number
  masks: number
  /** Images of the facet's largest value, whose bar has the full length. */
  max: number
  checked: boolean
  excluded: boolean
  depth?: number
  /** Absent outside of trees. */
  fold?: 'open' | 'closed' | 'leaf'
  nodeKey?: string
  onFold?: (nodeKey: string, open: boolean) => void
}) {
  const { text, note, doc } = words ?? plainWords(facet, value)
  const full = `${text}: ${countOf(images, 'image')}, ${countOf(masks, 'mask')}${note ? ` (${note})` : ''}`
  const indent = depth * INDENT_PX
  const barStart = fold ? `(${indent}px + var(--target))` : '19px'
  return (
    <div
      data-facet={facet}
      className="group relative flex items-center rounded-sm [--target:24px] [contain-intrinsic-size:auto_var(--target)] [content-visibility:auto] hover:bg-raised max-md:[--target:36px]"
      style={{ paddingLeft: indent }}
    >
      <span
        aria-hidden="true"
        className="absolute bottom-0 h-0.5 bg-data"
        style={{
          left: `calc(${barStart})`,
          width: `calc((100% - ${barStart} - var(--target)) * ${Math.min(1, images / max)})`,
        }}
      />
      {fold && fold !== 'leaf' && (
        <button
          type="button"
          aria-expanded={fold === 'open'}
          aria-label={`Inside ${text}`}
          onClick={() => onFold?.(nodeKey, fold === 'closed')}
          className={`flex ${TARGET} items-center justify-center rounded-sm text-muted hover:text-text`}
        >
          <ChevronRight size={13} aria-hidden className={fold === 'open' ? 'rotate-90' : ''} />
        </button>
      )}
      {fold === 'leaf' && <span className={TARGET} />}
      <label
        title={doc ? `${full}. ${doc}` : full}
        className="flex min-h-(--target) min-w-0 grow items-center gap-1.5 pr-1 has-checked:font-semibold"
      >
        <input
          type="checkbox"
          checked={checked}
          onChange={() => updateFilter(filter => toggleValue(filter, facet, value))}
          aria-label={full}
          className="shrink-0 accent-data"
        />
        <span className={`grow truncate ${excluded ? 'line-through' : ''}`}>
          {text}
          {note && <span className="text-[11px] text-muted"> {note}</span>}
        </span>
        <span className="shrink-0 text-muted" data-value={images}>
          {formatCount(images)}
        </span>
      </label>
      <button
        type="button"
        aria-pressed={excluded}
        aria-label={`Exclude ${text}`}
        title={`Exclude ${text}`}
        onClick={() => updateFilter(filter => toggleExcluded(filter, facet, value))}
        className={`flex ${TARGET} items-center justify-center rounded-sm text-muted opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100 aria-pressed:text-wrong aria-pressed:opacity-100 max-md:opacity-100`}
      >
        <CircleMinus size={13} aria-hidden />
      </button>
    </div>
  )
})
