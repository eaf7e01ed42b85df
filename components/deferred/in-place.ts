import { createContext, type RefObject } from 'react'

/** Makes a change outside the visible part without moving what is visible. */
export type InPlace = (change: () => void) => void

/** Without a `KeepInPlace` above, the change is simply made. */
export const InPlaceContext = createContext<InPlace>(change => change())

/** The element that scrolls its content; null where the page scrolls. */
export const ScrollerContext = createContext<RefObject<HTMLElement | null> | null>(null)
