import type { ReactNode } from 'react'

/** A quiet text button in a chart's header. */
export function FrameButton({
  pressed,
  label,
  onClick,
  children,
}: {
  pressed?: boolean
  label?: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={label}
      onClick={onClick}
      className="rounded-sm px-1 py-0.5 text-muted hover:text-text aria-pressed:bg-raised aria-pressed:text-text"
    >
      {children}
    </button>
  )
}
