import { createContext, use } from 'react'
import type { Place } from '../../lib/first/first-answers'

/**
 * Replaces `next/navigation` in the first paint, which is rendered without Next. Components get the path and the
 * query of one given page.
 */

export const PlaceContext = createContext<Place>({ path: '/', query: '' })

export const usePathname = (): string => use(PlaceContext).path

export const useSearchParams = (): URLSearchParams => new URLSearchParams(use(PlaceContext).query)

/** Only effects and event handlers use the router, and a first paint runs neither. */
export const useRouter = (): Record<string, never> => ({})
