import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { ValueFacetName } from '../../lib/filter/facets'
import { INDENT_PX } from './facet-row'
import { HEADING } from './tree-keys'
import { valueName } from './value-names'

/** A value of a tree without images of its own that contains values with images; can only be opened. */
export const FacetHeading = memo(function FacetHeading({
  facet,
  value,
  depth,
  isOpen,
  nodeKey,
  onFold,
}: {
  facet: ValueFacetName
  value: string
  depth: number
  isOpen: boolean
  nodeKey: string
  onFold: (nodeKey: string, open: boolean) => void
}) {
  const text = valueName(facet, value)
  return (
    <div
      data-facet={facet}
      className="flex rounded-sm [--target:24px] hover:bg-raised max-md:[--target:36px]"
      style={{ paddingLeft: depth * INDENT_PX }}
    >
      <button
        type="button"
        {...HEADING}
        aria-expanded={isOpen}
        aria-label={`Inside ${text}`}
        title={`No image of ${text} itself matches the other filters; values inside it do match`}
        onClick={() => onFold(nodeKey, !isOpen)}
        className="flex min-h-(--target) min-w-0 grow items-center rounded-sm text-left text-muted hover:text-text"
      >
        <span className="flex w-(--target) shrink-0 justify-center">
          <ChevronRight size={13} aria-hidden className={isOpen ? 'rotate-90' : ''} />
        </span>
        <span className="truncate">{text}</span>
      </button>
    </div>
  )
})
