import { MOST_SHARED } from '../../lib/subset/address'
import { FORMATS, type FormatName } from '../../lib/subset/formats'

const LOOK = 'flex min-h-[30px] w-full items-center gap-3 text-left hover:underline'

/** Downloads the subset in one form; a recipe that no address can hold is sent along. */
export function FormLink({ format, query }: { format: FormatName; query: string }) {
  const content = (
    <>
      <span className="w-24 shrink-0 font-mono text-[12px]">{format}</span>
      {FORMATS[format].title}
    </>
  )
  if (query.length <= MOST_SHARED)
    return (
      <a href={`/api/subset/${format}?${query}`} download className={LOOK}>
        {content}
      </a>
    )
  return (
    <form method="post" action={`/api/subset/${format}`}>
      {[...new URLSearchParams(query)].map(([name, value], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps of one kind differ by their place only
        <input key={i} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={LOOK}>
        {content}
      </button>
    </form>
  )
}
