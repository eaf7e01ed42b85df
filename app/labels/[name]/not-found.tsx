import { UnknownLabel } from '../../../components/pages/unknown-label'

export default function NotFound() {
  return <UnknownLabel />
}
