import Link from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link to a page of this site, without prefetch: every filter is another URL, so that the server would render a
 * page for every link that the pointer crosses.
 */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return <Link {...props} prefetch={false} />
}
