'use client'

import { type RefObject, useEffect, useState } from 'react'
import { useSight } from './use-sight'

/** True once an element has been in sight. Charts that nobody has seen need not be counted. */
export function useOnceSeen(target: RefObject<HTMLElement | null>): boolean {
  const sight = useSight(target)
  const [seen, setSeen] = useState(false)
  useEffect(() => sight.whenSeen(() => setSeen(true)), [sight])
  return seen
}
