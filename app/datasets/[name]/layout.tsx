import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { namedDataset } from '../../../lib/catalog/manifest-names.node.ts'
import { nameIn } from '../../../lib/catalog/paths'
import { nameTitle } from '../../name-title'

interface Props {
  readonly params: Promise<{ readonly name: string }>
  readonly children: ReactNode
}

// Not the page's: Next leaves a page's title out of answers with status 404.
export const generateMetadata = async ({ params }: Props): Promise<Metadata> =>
  nameTitle(nameIn((await params).name), namedDataset)

export default function Layout({ children }: Props) {
  return children
}
