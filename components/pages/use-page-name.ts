'use client'

import { useParams } from 'next/navigation'
import { nameIn } from '../../lib/catalog/paths'

/** The name in the page's address: a not-found page is handed none. */
export function usePageName(): string {
  const name = useParams<{ name?: string }>()?.name
  return nameIn(name ?? '')
}
