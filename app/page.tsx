import { Suspense } from 'react'
import { Overview } from '../components/overview/overview'

export default function Page() {
  return (
    <Suspense>
      <Overview />
    </Suspense>
  )
}
