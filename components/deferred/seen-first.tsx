'use client'

import { type ReactNode, useRef } from 'react'
import { useInTurn } from './use-in-turn'
import { useSight } from './use-sight'

/** Updates its content at once while it is in sight, else a moment later. */
export function SeenFirst({
  children,
  className = 'min-w-0',
}: {
  children: ReactNode
  className?: string
}) {
  const box = useRef<HTMLDivElement>(null)
  const shown = useInTurn(children, useSight(box))
  return (
    <div ref={box} className={className} data-waiting={shown === children ? undefined : ''}>
      {shown}
    </div>
  )
}
