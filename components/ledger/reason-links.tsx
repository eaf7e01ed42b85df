import type { ReasonId } from '../../lib/ledger/line'
import { reasonOf } from '../../lib/ledger/reasons'

/** The reasons of a line in a few words, each linked to its explanation. */
export function ReasonLinks({ ids }: { ids: readonly ReasonId[] }) {
  return ids.map((id, i) => {
    const { short, text } = reasonOf(id)
    return (
      <span key={id}>
        <a
          href={`#why-${id}`}
          title={text}
          className="whitespace-nowrap underline decoration-line underline-offset-2 hover:decoration-text"
        >
          {short}
        </a>
        {i < ids.length - 1 && ', '}
      </span>
    )
  })
}
