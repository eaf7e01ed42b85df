import { memo, type ReactNode } from 'react'
import { DataTable, type TableData } from './data-table'

export interface FrameFaceProps {
  readonly title: string
  readonly table: TableData
  readonly tableShown: boolean
  /** Height in px of the drawing, reserved so that the layout does not change. */
  readonly height?: number
  /** The height as CSS classes, if it depends on the width of the frame (a container). */
  readonly heightClass?: string
  /** Minimum width in px; a narrower frame scrolls sideways. */
  readonly minWidth?: number
  /** True while the numbers are of an earlier filter. */
  readonly pending: boolean
  readonly error: string | null
  /** True if nothing is selected. */
  readonly empty: boolean
  /** Text for an empty chart, if the filter is not the reason. */
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
