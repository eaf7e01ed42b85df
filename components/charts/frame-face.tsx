import { memo, type ReactNode } from 'react'
import { DataTable, type TableData } from './data-table'

export interface FrameFaceProps {
  readonly title: string
  readonly table: TableData
  readonly tableShown: boolean
  /** Height in px that the drawing will have, so that nothing jumps. */
  readonly height?: number
  /** The same as classes, where the height depends on the frame's width (a container). */
  readonly heightClass?: string
  /** Width in px that the drawing needs at least: it scrolls sideways in its own box. */
  readonly minWidth?: number
  /** True while the numbers are of an earlier filter. */
  readonly pending: boolean
  readonly error: string | null
  /** True if nothing is selected. */
  readonly empty: boolean
  /** What is said of it then, where it is not the filter. */
  readonly nothing?: string
}

/** The faces of a chart: error, empty, table, or the drawing, paler while numbers are pending. */
export function FrameFace(props: FrameFaceProps & { children: ReactNode }) {
  const { title, error, empty, pending, table, tableShown, heightClass = '' } = props
  if (error)
    return (
      <p role="alert" className="text-wrong">
        Could not load the counts for “{title}”: {error}
      </p>
    )
  const isEmpty = empty && !pending
  if (tableShown && !isEmpty) return <DataTable data={table} caption={title} />
  return (
    <div className="@container">
      <div
        style={{ minHeight: props.height }}
        className={`relative transition-opacity duration-100 motion-reduce:transition-none ${heightClass} ${pending ? 'opacity-50' : ''}`}
      >
        {isEmpty && (
          <p className="text-muted">
            {props.nothing ?? 'No images match these filters. Remove one of the filters above.'}
          </p>
        )}
        <div className={isEmpty ? 'invisible absolute inset-x-0 top-0' : undefined}>
          <Kept isKept={isEmpty}>
            {props.minWidth === undefined ? (
              props.children
            ) : (
              <div className="overflow-x-auto overflow-y-hidden">
                <div style={{ minWidth: props.minWidth }}>{props.children}</div>
              </div>
            )}
          </Kept>
        </div>
      </div>
    </div>
  )
}

/** Leaves its children as they were while `isKept`: a hidden drawing is not drawn again. */
const Kept = memo(
  function Kept({ children }: { isKept: boolean; children: ReactNode }) {
    return children
  },
  (_before, { isKept }) => isKept,
)
