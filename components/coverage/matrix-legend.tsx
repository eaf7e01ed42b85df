/** Legend of the matrix: what the cells count, and what its two kinds of holes mean. */
export function MatrixLegend({
  measure,
  filtered,
  hasAll,
}: {
  measure: string
  filtered: boolean
  /** Whether the unfiltered counts are known. */
  hasAll: boolean
}) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      {measure} with both ·
      <span aria-hidden className="inline-block size-2.5 border border-ghost" />
      {filtered && !hasAll ? 'none under this filter' : 'none in the manifest'}
      {filtered && hasAll && (
        <>
          <span aria-hidden className="ml-1 inline-block size-2.5 bg-ghost" /> none under this
          filter
        </>
      )}
    </span>
  )
}
