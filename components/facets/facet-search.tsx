/** The search field of a facet. */
export function FacetSearch({
  what,
  text,
  onText,
}: {
  what: string
  text: string
  onText: (text: string) => void
}) {
  return (
    <input
      type="search"
      value={text}
      onChange={event => onText(event.target.value)}
      placeholder={`Search ${what}`}
      aria-label={`Search ${what}`}
      className="mb-1 min-h-[24px] w-full rounded-sm border border-line bg-background px-1.5 py-0.5 max-md:min-h-[36px]"
    />
  )
}
