import type { AnchorHTMLAttributes } from 'react'

/** Stands in for `next/link`: the same element, without the router. */
export default function Link({
  prefetch: _,
  ...attributes
}: AnchorHTMLAttributes<HTMLAnchorElement> & { prefetch?: boolean }) {
  return <a {...attributes} />
}
