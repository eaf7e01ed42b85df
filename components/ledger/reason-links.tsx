import type { ReasonId } from '../../lib/ledger/line'
import { shortReason } from '../../lib/ledger/reasons'

/** The reasons of a line in a few words, each linked to what there is to say about it. */
export function ReasonLinks({ ids }: { ids: readonly ReasonId[] }) {
  return ids.map((id, i) => (
    <span key={id} className="whitespace-nowrap">
      <a
        href={`#why-${id}`}
        className="underline decoration-line underline-offset-2 hover:decoration-text"
      >
        {shortReason(id)}
      </a>
      {i < ids.length - 1 && ';'}{' '}
    </span>
  ))
}
