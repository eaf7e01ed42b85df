import type { AnchorHTMLAttributes } from 'react'

/** Replaces `next/link` in the first paint: the same element, without the router. */
export default function Link({
  prefetch: _,
  ...attributes
}: AnchorHTMLAttributes<HTMLAnchorElement> & { prefetch?: boolean }) {
  return <a {...attributes} />
}
