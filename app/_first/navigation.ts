import { createContext, use } from 'react'
import type { Place } from '../../lib/first/first-answers'

/**
 * Stands in for `next/navigation` where pages are painted without Next: what components ask of the
 * router, for one given place.
 */

export const PlaceContext = createContext<Place>({ path: '/', query: '' })

export const usePathname = (): string => use(PlaceContext).path

export const useSearchParams = (): URLSearchParams => new URLSearchParams(use(PlaceContext).query)

/** Nobody navigates in a first paint: only effects and events ask the router for anything. */
export const useRouter = (): Record<string, never> => ({})
