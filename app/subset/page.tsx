import type { Metadata } from 'next'
import { SubsetPage } from '../../components/subset/subset-page'

export const metadata: Metadata = { title: 'Subset' }

export default function Page() {
  return <SubsetPage />
}
