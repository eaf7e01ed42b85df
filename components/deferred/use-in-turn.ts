'use client'

import { use, useEffect, useReducer, useRef } from 'react'
import { InPlaceContext } from './in-place'
import type { Sight } from './use-sight'

/** What is out of sight follows this much later, after what is in sight has been painted. */
const LATER_MS = 400

/** The latest value while in sight; elsewhere an earlier one, until its turn or until it is seen. */
export function useInTurn<Value>(value: Value, sight: Sight): Value {
  const shown = useRef(value)
  const inPlace = use(InPlaceContext)
  const [, render] = useReducer((turns: number) => turns + 1, 0)
  if (sight.isSeen()) shown.current = value
  useEffect(() => {
    if (shown.current === value) return
    const turn = () => {
      cancel()
      shown.current = value
      inPlace(render)
    }
    const timer = setTimeout(turn, LATER_MS)
    const stop = sight.whenSeen(turn)
    const cancel = () => {
      clearTimeout(timer)
      stop()
    }
    return cancel
  }, [value, sight, inPlace])
  return shown.current
}
