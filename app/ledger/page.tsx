import type { Metadata } from 'next'
import { LedgerPage } from '../../components/ledger/ledger-page'

export const metadata: Metadata = { title: 'Paper vs release' }

export default function Page() {
  return <LedgerPage />
}
