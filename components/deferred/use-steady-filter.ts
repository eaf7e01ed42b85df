'use client'

import { useState } from 'react'
import type { Filter } from '../../lib/filter/filter'

/**
 * The filter, made of the same objects as before where it says the same: a chart whose own facets did
 * not change is not drawn again.
 */
export function useSteadyFilter(filter: Filter): Filter {
  const [last, setLast] = useState(filter)
  const steady = reuse(last, filter)
  if (steady !== last) setLast(steady)
  return steady
}

function reuse<Value>(old: unknown, next: Value): Value {
  if (JSON.stringify(old) === JSON.stringify(next)) return old as Value
  if (!isPlain(old) || !isPlain(next)) return next
  const entries = Object.entries(next).map(([key, value]) => [key, reuse(old[key], value)])
  return Object.fromEntries(entries)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
