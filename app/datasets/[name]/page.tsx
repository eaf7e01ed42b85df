import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DatasetPage } from '../../../components/pages/dataset-page'
import { hasDataset } from '../../../lib/catalog/manifest-names.node.ts'
import { nameIn } from '../../../lib/catalog/paths'

interface Props {
  readonly params: Promise<{ readonly name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameIn((await params).name) }
}

export default async function Page({ params }: Props) {
  const name = nameIn((await params).name)
  if (!(await hasDataset(name))) notFound()
  return <DatasetPage key={name} name={name} />
}
