'use client'

import type { Filter } from '../../lib/filter/filter'
import { hasUnionFacet } from '../../lib/filter/merged'
import { isMergedLabel } from '../../lib/taxonomy/label-words'
import { useNames } from '../engine-provider'

/** Says that merged masks are not counted, where that is so; nothing in a manifest without merged masks. */
export function MergedNote({ filter }: { filter: Filter }) {
  const { labels } = useNames()
  const text = labels.some(row => row.is_union) ? mergedText(filter) : null
  return text && <p className="pb-1 text-[11px] text-muted">{text}</p>
}

/** Null if the filter says which merged masks it includes; its chip says so. */
function mergedText(filter: Filter): string | null {
  if (hasUnionFacet(filter)) return null
  return filter.label?.some(isMergedLabel)
    ? 'Only the selected merged masks are counted here'
    : 'Merged masks are not counted here'
}
