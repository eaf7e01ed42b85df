import type { ReactNode } from 'react'

/**
 * Toolbars have buttons with a frame; `quiet` has none, for several buttons beside a title, as in a chart's header.
 */
export const TOOL_LOOKS = {
  framed:
    'flex min-h-[24px] items-center gap-1 rounded-sm border border-line px-1.5 hover:border-muted aria-pressed:border-muted aria-pressed:bg-raised max-md:min-h-[36px]',
  quiet:
    'rounded-sm px-1 py-0.5 text-muted hover:text-text aria-pressed:bg-raised aria-pressed:text-text',
}

/** A small button of a toolbar or a header, or a switch if it can be pressed. */
export function ToolButton({
  look = 'framed',
  pressed,
  disabled,
  title,
  label,
  onClick,
  children,
}: {
  look?: keyof typeof TOOL_LOOKS
  pressed?: boolean
  disabled?: boolean
  title?: string
  /** Accessible name, if the content is not enough. */
  label?: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={label}
      disabled={disabled}
      title={title}
      onClick={onClick}
      className={TOOL_LOOKS[look]}
    >
      {children}
    </button>
  )
}
