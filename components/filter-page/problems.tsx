/** Problems of the URL and of the count, one per line; the rest of the page is valid. */
export function Problems({
  problems,
  error,
}: {
  problems: readonly string[]
  error: string | null
}) {
  const lines = error ? [...problems, error] : problems
  if (lines.length === 0) return null
  return (
    <div
      role="status"
      data-testid="problems"
      className="rounded-sm border border-notice-line bg-notice px-2 py-1 text-[12px]"
    >
      <ul>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
