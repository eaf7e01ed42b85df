import type { ReactNode } from 'react'
import { MOST_SHARED } from '../../lib/subset/address'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { SPLIT_NAMES, type SplitName } from '../../lib/subset/recipe'

const LINE = 'flex min-h-[30px] grow items-center gap-3 text-left'

/** Downloads the subset in a format: a single file, or a file per split if the format does not record the split. */
export function FormatLink({
  format,
  query,
  hasSplit,
}: {
  format: FormatName
  query: string
  hasSplit: boolean
}) {
  const content = (
    <>
      <span className="w-24 shrink-0 font-mono text-[12px]">{format}</span>
      {FORMATS[format].title}
    </>
  )
  if (!hasSplit)
    return (
      <Download format={format} query={query} content={content} look={`${LINE} hover:underline`} />
    )
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      {FORMATS[format].marksSplit ? (
        <Download
          format={format}
          query={query}
          content={content}
          look={`${LINE} hover:underline`}
        />
      ) : (
        <span className={LINE}>{content}</span>
      )}
      <span className="flex gap-x-3">
        {SPLIT_NAMES.map(only => (
          <Download
            key={only}
            format={format}
            query={query}
            only={only}
            label={`${format}, ${only}`}
            content={only}
            look="min-h-[30px] underline"
          />
        ))}
      </span>
    </div>
  )
}

/** A link, or an HTML form if the recipe is too long for a URL. */
function Download({
  format,
  query,
  only,
  label,
  content,
  look,
}: {
  format: FormatName
  query: string
  only?: SplitName
  label?: string
  content: ReactNode
  look: string
}) {
  const asked = only ? `${query}&only=${only}` : query
  if (asked.length <= MOST_SHARED)
    return (
      <a
        href={`/api/subset/${format}?${asked}`}
        download
        aria-label={label}
        className={`inline-flex items-center ${look}`}
      >
        {content}
      </a>
    )
  return (
    <form method="post" action={`/api/subset/${format}`}>
      {[...new URLSearchParams(asked)].map(([name, value], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps of one kind differ by their place only
        <input key={i} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" aria-label={label} className={look}>
        {content}
      </button>
    </form>
  )
}
