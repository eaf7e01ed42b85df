import type { ReactNode } from 'react'

/** A box that scrolls and can take the focus, so that the keyboard can scroll it. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  /** Its size, and the direction in which it scrolls. */
  className: string
  children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus
      tabIndex={0}
      className={className}
    >
      {children}
    </section>
  )
}
