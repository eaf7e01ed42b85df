'use client'

import { use, useEffect, useState } from 'react'
import { InPlaceContext } from './in-place'
import type { Sight } from './use-sight'

/** Delay of elements out of sight, so that elements in sight are painted first. */
const LATER_MS = 400

/**
 * The latest value while the element is in sight. Out of sight the value follows after a delay, or when it comes
 * into sight.
 */
export function useInTurn<Value>(value: Value, sight: Sight): Value {
  // In an object, so that a value that is a function is not called.
  const [shown, setShown] = useState({ value })
  const inPlace = use(InPlaceContext)
  const isSeen = sight.isSeen()
  if (isSeen && shown.value !== value) setShown({ value })
  const isDue = !isSeen && shown.value !== value
  useEffect(() => {
    if (!isDue) return
    const turn = () => {
      cancel()
      inPlace(() => setShown({ value }))
    }
    const timer = setTimeout(turn, LATER_MS)
    const stop = sight.whenSeen(turn)
    const cancel = () => {
      clearTimeout(timer)
      stop()
    }
    return cancel
  }, [value, isDue, sight, inPlace])
  return isSeen ? value : shown.value
}
