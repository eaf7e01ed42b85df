'use client'

import type { Picks } from './use-picks'

/** Picks one image, or lets it go. */
export function PickBox({
  id,
  title,
  picks,
  tabIndex,
  className = '',
}: {
  id: number
  /** What the image is, for those who do not see it. */
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
