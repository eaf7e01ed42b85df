/**
 * Where a statement was read.
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

/** The last part of a URL's path that says something, or its host. */
function shortName(url: string): string {
  const parts = url.split(/[/?#]/).filter(part => part !== '')
  return parts.at(-1) ?? url
}
