import { UnknownDataset } from '../../../components/pages/unknown-dataset'

export default function NotFound() {
  return <UnknownDataset />
}
