import { LabelPage } from '../../../components/pages/label-page'
import { UnknownLabel } from '../../../components/pages/unknown-label'
import { namedLabel } from '../../../lib/catalog/manifest-names.node.ts'
import { nameIn } from '../../../lib/catalog/paths'

interface Props {
  readonly params: Promise<{ readonly name: string }>
}

export default async function Page({ params }: Props) {
  const name = nameIn((await params).name)
  const found = await namedLabel(name)
  // proxy.ts has given the answer its status.
  if (!found) return <UnknownLabel name={name} />
  return <LabelPage key={name} name={name} meanings={found.meanings} extent={found.extent} />
}
