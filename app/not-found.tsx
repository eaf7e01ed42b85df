import { PageLink } from '../components/ui/page-link'

export default function NotFound() {
  return (
    <main className="grow px-6 py-10">
      <h1 className="mb-2 text-xl font-semibold">There is no such page</h1>
      <p>
        The address may have a typing error. The{' '}
        <PageLink href="/" className="underline">
          overview
        </PageLink>{' '}
        shows everything in this manifest, and filters from there.
      </p>
    </main>
  )
}
