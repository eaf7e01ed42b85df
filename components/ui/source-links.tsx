/**
 * Links to the source of a statement.
 *
 * @param source URLs, separated by commas, or words.
 */
export function SourceLinks({ source }: { source: string }) {
  if (!/^https?:\/\//.test(source)) return <span className="text-[11px] text-muted">{source}</span>
  return (
    <span className="text-[11px] text-muted">
      {source.split(', ').map((url, i) => (
        <span key={url}>
          {i > 0 && ', '}
          <a href={url} className="underline" rel="noreferrer">
            {shortName(url)}
          </a>
        </span>
      ))}
    </span>
  )
}

/** The last part of a URL's path that means something to a reader, or the host. */
function shortName(url: string): string {
  const parts = url.split(/[/?#]/).filter(part => part !== '')
  return parts.at(-1) ?? url
}
