/**
 * Where a statement was read.
 *
 * @param source URLs, separated by commas, or words.
 */
export function SourceLinks({ source }: { source: string }) {
  if (!source.startsWith('https://'))
    return <span className="text-[11px] text-muted">{source}</span>
  return (
    <span className="text-[11px] text-muted">
      {source.split(', ').map((url, i) => (
        <span key={url}>
          {i > 0 && ', '}
          <a href={url} className="underline" rel="noreferrer">
            {url.split('/').at(-1)}
          </a>
        </span>
      ))}
    </span>
  )
}
