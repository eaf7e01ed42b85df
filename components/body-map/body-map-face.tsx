import type { ReactNode } from 'react'
import type { FacetCount } from '../../lib/manifest/manifest'

/** The body map's faces: error, empty, or what stands in it, paler while numbers are pending. */
export function BodyMapFace({
  rows,
  pending,
  error,
  children,
}: {
  rows: readonly FacetCount[]
  pending: boolean
  error: string | null
  children: ReactNode
}) {
  if (error)
    return (
      <p role="alert" className="text-wrong">
        Body map could not be counted: {error}
      </p>
    )
  const empty = rows.every(row => row.images === 0) && !pending
  return (
    <div className="@container">
      {/* As high as figure, labels and legend, beside or below each other: nothing jumps. */}
      <div
        className={`min-h-[1193px] transition-opacity duration-100 motion-reduce:transition-none @min-[520px]:min-h-[655px] ${pending ? 'opacity-50' : ''}`}
      >
        {empty ? (
          <p className="text-muted">No image passes all facets. Drop one of the chips above.</p>
        ) : (
          children
        )}
      </div>
    </div>
  )
}
