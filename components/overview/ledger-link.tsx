import Link from 'next/link'
import type { ReactNode } from 'react'
import { ledgerPath } from '../../lib/ledger/anchors'

/** What a number of a headline counts, linked to its line of the ledger. */
export function LedgerLink({ line, children }: { line: string; children: ReactNode }) {
  return (
    <Link
      href={ledgerPath(line)}
      prefetch={false}
      title="How this number compares with the paper and the public release"
      className="hover:text-text hover:underline"
    >
      {children}
    </Link>
  )
}
