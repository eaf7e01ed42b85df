import { createContext, type RefObject } from 'react'

/** Makes a change of what is out of sight without moving what is in sight. */
export type InPlace = (change: () => void) => void

/** Without a `KeepInPlace` above, the change is made as it is. */
export const InPlaceContext = createContext<InPlace>(change => change())

/** The element that scrolls what is in it; null where only the page scrolls. */
export const ScrollerContext = createContext<RefObject<HTMLElement | null> | null>(null)
