import type { ReactNode } from 'react'
import { ledgerPath } from '../../lib/ledger/anchors'
import { PageLink } from '../ui/page-link'

/** What a number of a headline counts, linked to its line of the ledger. */
export function LedgerLink({ line, children }: { line: string; children: ReactNode }) {
  return (
    <PageLink
      href={ledgerPath(line)}
      title="Compare this number with the paper and the public release"
      className="hover:text-text hover:underline"
    >
      {children}
    </PageLink>
  )
}
