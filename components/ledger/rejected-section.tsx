import { countOf, formatCount } from '../../lib/format'
import type { Rejected } from '../../lib/ledger/rejected'
import { LedgerSection } from './ledger-section'

/** Inputs that were rejected when this manifest was made, by reason. */
export function RejectedSection({ rejected: { total, reasons, file } }: { rejected: Rejected }) {
  return (
    <LedgerSection id="not-accepted" title="Rejected inputs">
      {total === 0 ? (
        <p className="text-[12px]">This manifest’s source has no rejected inputs.</p>
      ) : (
        <div className="text-[12px]">
          <p className="mb-2 break-words">
            {countOf(total, 'input')} {total === 1 ? 'was' : 'were'} rejected. Each is listed, with
            its text and its reason, in{' '}
            <a href={`/manifest/${file}`} className="underline">
              {file}
            </a>{' '}
            (table <code>rejects</code>).
          </p>
          <table className="border-collapse">
            <thead className="text-[11px] text-muted">
              <tr>
                <th scope="col" className="border-b border-line py-1 text-right font-normal">
                  inputs
                </th>
                <th scope="col" className="border-b border-line py-1 pl-4 text-left font-normal">
                  reason
                </th>
              </tr>
            </thead>
            <tbody>
              {reasons.map(({ code, n, words }) => (
                <tr
                  key={code}
                  id={`not-accepted-${code}`}
                  className="border-b border-line/50 align-baseline"
                >
                  <td data-value={n} className="py-0.5 text-right">
                    {formatCount(n)}
                  </td>
                  <td className="py-0.5 pl-4">
                    <code>{code}</code> <span className="text-muted">{words}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </LedgerSection>
  )
}
