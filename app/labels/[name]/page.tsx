import type { Metadata } from 'next'
import { LabelRoute } from '../../../components/names/label-route'
import { NAME_PLACEHOLDER, TITLE_PLACEHOLDER } from '../../../lib/first/placeholders.mjs'

export const metadata: Metadata = { title: TITLE_PLACEHOLDER }

/** One page is exported for all names. */
export const generateStaticParams = () => [{ name: NAME_PLACEHOLDER }]

export default function Page() {
  return <LabelRoute />
}
