import { DatasetPage } from '../../../components/pages/dataset-page'
import { UnknownDataset } from '../../../components/pages/unknown-dataset'
import { namedDataset } from '../../../lib/catalog/manifest-names.node.ts'
import { nameIn } from '../../../lib/catalog/paths'

interface Props {
  readonly params: Promise<{ readonly name: string }>
}

export default async function Page({ params }: Props) {
  const name = nameIn((await params).name)
  const found = await namedDataset(name)
  // proxy.ts has given the answer its status.
  if (!found) return <UnknownDataset name={name} />
  return <DatasetPage key={name} row={found.row} extent={found.extent} />
}
