import type { ReactNode } from 'react'

/** Replaces `next/dynamic` in the first paint: shows what is shown while a component is loading. */
export default function dynamic(
  _load: () => Promise<unknown>,
  { loading }: { loading?: () => ReactNode } = {},
) {
  return () => loading?.() ?? null
}
