import type { ReactNode } from 'react'

/** Stands in for `next/dynamic`: what is loaded later shows as while it is loaded. */
export default function dynamic(
  _load: () => Promise<unknown>,
  { loading }: { loading?: () => ReactNode } = {},
) {
  return () => loading?.() ?? null
}
