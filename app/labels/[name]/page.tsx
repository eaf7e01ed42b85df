import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LabelPage } from '../../../components/pages/label-page'
import { labelMeanings } from '../../../lib/catalog/manifest-names.node.ts'
import { nameIn } from '../../../lib/catalog/paths'

interface Props {
  readonly params: Promise<{ readonly name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameIn((await params).name) }
}

export default async function Page({ params }: Props) {
  const name = nameIn((await params).name)
  const meanings = await labelMeanings(name)
  if (meanings.length === 0) notFound()
  return <LabelPage key={name} name={name} meanings={meanings} />
}
