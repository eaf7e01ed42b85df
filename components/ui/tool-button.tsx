import type { ReactNode } from 'react'

/** A small button of a toolbar, or a switch if it can be pressed. */
export function ToolButton({
  pressed,
  disabled,
  title,
  label,
  onClick,
  children,
}: {
  pressed?: boolean
  disabled?: boolean
  title?: string
  /** Where the content says too little. */
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
      className="flex min-h-[24px] items-center gap-1 rounded-sm border border-line px-1.5 hover:border-muted aria-pressed:border-muted aria-pressed:bg-raised max-md:min-h-[36px]"
    >
      {children}
    </button>
  )
}
