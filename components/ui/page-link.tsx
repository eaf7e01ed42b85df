import Link from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link to a page of ours. Nothing is fetched before it is followed: every filter has a URL of its own,
 * and all that a pointer passes would be painted for nobody.
 */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  return <Link {...props} prefetch={false} />
}
