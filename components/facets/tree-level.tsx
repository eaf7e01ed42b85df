import type { ValueFacetName } from '../../lib/filter/facets'
import type { Filter } from '../../lib/filter/filter'
import { FacetHeading } from './facet-heading'
import { FacetRow } from './facet-row'
import type { ShownNode } from './shown-tree'

/** The nodes of one level of a tree, with their visible children. */
export function TreeLevel({
  nodes,
  filter,
  max,
  depth,
  onFold,
}: {
  nodes: readonly ShownNode[]
  filter: Filter
  /** Images of each facet's largest value. */
  max: Readonly<Partial<Record<ValueFacetName, number>>>
  depth: number
  onFold: (nodeKey: string, open: boolean) => void
}) {
  return (
    <ul>
      {nodes.map(({ node: { key, facet, value }, images, masks, fold, isHeading, children }) => (
        <li key={key}>
          {isHeading ? (
            <FacetHeading
              facet={facet}
              value={value}
              depth={depth}
              isOpen={fold === 'open'}
              nodeKey={key}
              onFold={onFold}
            />
          ) : (
            <FacetRow
              facet={facet}
              value={value}
              images={images}
              masks={masks}
              max={max[facet] ?? 1}
              checked={filter[facet]?.includes(value) ?? false}
              excluded={filter.not?.[facet]?.includes(value) ?? false}
              depth={depth}
              fold={fold}
              nodeKey={key}
              onFold={onFold}
            />
          )}
          {children.length > 0 && (
            <TreeLevel
              nodes={children}
              filter={filter}
              max={max}
              depth={depth + 1}
              onFold={onFold}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
