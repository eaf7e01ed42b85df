import type { Found } from '../../lib/images/picture-info'

/** What measuring found of a picture, or why it was not measured; renders nothing if there is nothing to say. */
export function FoundList({ found }: { found: readonly Found[] }) {
  if (found.length === 0) return null
  return (
    <ul data-testid="found" className="basis-full text-[11px]">
      {found.map(({ flag, isMeasured, text }) => (
        <li key={flag} className={isMeasured ? 'text-wrong' : 'text-muted'}>
          {text}
        </li>
      ))}
    </ul>
  )
}
