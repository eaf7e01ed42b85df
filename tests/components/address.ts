import { queryString } from '../../components/use-query-string'

/** What the address says, or is about to say, with its question mark: a drag is written when it pauses. */
export const search = (): string => (queryString() === '' ? '' : `?${queryString()}`)

/** Waits until everything is written, so that what one test has left is not the next one's. */
export const written = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 120))
