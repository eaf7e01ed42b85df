import type { ReactNode } from 'react'

/** A box that scrolls; the keyboard reaches it, so that it can be scrolled without a mouse. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  /** Says how large it is, and in which direction it scrolls. */
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
