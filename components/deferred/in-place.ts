import { createContext } from 'react'

/** Makes a change of what is out of sight without moving what is in sight. */
export type InPlace = (change: () => void) => void

/** As things stand, nothing moves. */
export const InPlaceContext = createContext<InPlace>(change => change())
