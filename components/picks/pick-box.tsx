'use client'

import type { Picks } from './use-picks'

/** A checkbox that picks one image. */
export function PickBox({
  id,
  title,
  picks,
  tabIndex,
  className = '',
}: {
  id: number
  /** Title of the image, for screen readers. */
  title: string
  picks: Picks
  tabIndex?: number
  className?: string
}) {
  const isPicked = picks.has(id)
  return (
    <input
      type="checkbox"
      checked={isPicked}
      disabled={picks.isFull && !isPicked}
      onChange={() => picks.toggle(id)}
      aria-label={`Pick ${title}`}
      data-testid="pick"
      tabIndex={tabIndex}
      className={`size-[18px] ${className}`}
    />
  )
}
