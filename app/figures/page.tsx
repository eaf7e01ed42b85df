import type { Metadata } from 'next'
import { FiguresPage } from '../../components/figures/figures-page'

export const metadata: Metadata = { title: 'Figures' }

export default function Page() {
  return <FiguresPage />
}
