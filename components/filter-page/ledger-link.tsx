import type { ReactNode } from 'react'
import { ledgerPath } from '../../lib/ledger/anchors'
import { PageLink } from '../ui/page-link'

/** The note of a number, linked to the number's line in the ledger. */
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
