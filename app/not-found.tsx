import { PageLink } from '../components/ui/page-link'

export default function NotFound() {
  return (
    <main className="grow px-6 py-10">
      <h1 className="mb-2 text-xl font-semibold">Page not found</h1>
      <p>
        Check the URL for typos. The{' '}
        <PageLink href="/" className="underline">
          overview
        </PageLink>{' '}
        shows the whole dataset and its filters.
      </p>
    </main>
  )
}
