'use client'

import { Download } from 'lucide-react'
import { formatCount } from '../../lib/format'
import { IMAGE_SPLIT_TITLE } from '../../lib/ledger/image-split'
import type { Ledger } from '../../lib/ledger/ledger'
import { ledgerCsv } from '../../lib/ledger/ledger-csv'
import { LICENCES_TITLE } from '../../lib/ledger/licences'
import { formatLedgerView, type LedgerView, shownCount } from '../../lib/ledger/view'
import { download } from '../download'
import { putQueryString } from '../use-query-string'

const OTHERS = [
  { id: 'not-accepted', title: 'Rejected inputs' },
  { id: 'duplicates', title: 'Equal images' },
  { id: 'image-split', title: IMAGE_SPLIT_TITLE },
  { id: 'known-defects', title: 'Known issues' },
  { id: 'licences', title: LICENCES_TITLE },
  { id: 'reasons', title: 'Reasons' },
]

/** Index of the ledger, with the controls for what is shown. */
export function LedgerAside({ ledger, view }: { ledger: Ledger; view: LedgerView }) {
  const { shown, all } = shownCount(ledger.numbers, ledger.names, view)
  const put = (changed: Partial<LedgerView>, sameEntry = false) =>
    putQueryString(formatLedgerView({ ...view, ...changed }), { sameEntry })
  const save = () =>
    download(new Blob([ledgerCsv(ledger)], { type: 'text/csv' }), 'sa-med2d-ledger.csv')
  return (
    <aside
      aria-label="Paper vs release"
      className="flex shrink-0 flex-col gap-3 px-4 py-3 max-md:border-b max-md:border-line md:sticky md:top-0 md:h-dvh md:w-[220px] md:overflow-y-auto md:border-r md:border-line"
    >
      <nav aria-label="Sections">
        <ul className="flex flex-col gap-0.5 max-md:flex-row max-md:flex-wrap max-md:gap-x-4">
          {[...ledger.numbers, ...ledger.names, ...OTHERS].map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="hover:underline max-md:inline-block max-md:py-1">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label className="flex flex-col gap-1">
        <span className="text-[11px] text-muted">Find a dataset, prefix or label</span>
        <input
          type="search"
          value={view.find}
          // All typing makes one entry of the history.
          onChange={event => put({ find: event.target.value }, true)}
          className="min-h-7 w-full min-w-0 rounded-sm border border-line bg-background px-2 max-md:min-h-9"
        />
      </label>
      <label className="flex items-start gap-1.5">
        <input
          type="checkbox"
          checked={view.onlyDifferences}
          onChange={event => put({ onlyDifferences: event.target.checked })}
          className="mt-0.5 accent-data"
        />
        <span>
          Only differences
          <span className="block text-[11px] text-muted">Only rows with a definite difference</span>
        </span>
      </label>
      <p role="status" className="text-[11px] text-muted">
        {formatCount(shown)} of {formatCount(all)} lines
      </p>
      <button
        type="button"
        onClick={save}
        title={`All ${formatCount(all)} lines`}
        className="flex min-h-7 w-fit items-center gap-1.5 rounded-sm border border-line px-2 hover:bg-raised max-md:min-h-9"
      >
        <Download size={13} aria-hidden />
        Download as CSV
      </button>
    </aside>
  )
}
