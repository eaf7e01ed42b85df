import type { ReactNode } from 'react'

/** A section of the ledger, with its anchor. */
export function LedgerSection({
  id,
  title,
  note,
  children,
}: {
  id: string
  title: string
  note?: string
  children: ReactNode
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      data-testid={`ledger-${id}`}
      className="border-t border-line pt-3 pb-6"
    >
      <h2 id={`${id}-title`} className="text-[15px] font-semibold">
        <a href={`#${id}`} className="hover:underline">
          {title}
        </a>
      </h2>
      {note && <p className="mb-2 max-w-4xl text-[12px] text-muted">{note}</p>}
      {children}
    </section>
  )
}

/** A box in which a wide table scrolls sideways in a narrow window; the keyboard can reach it. */
export function WideTable({
  label,
  always = false,
  children,
}: {
  label: string
  /** Scroll at any width. Tables with a sticky head must scroll only in a narrow window. */
  always?: boolean
  children: ReactNode
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus
      tabIndex={0}
      className={`relative ${always ? 'overflow-x-auto' : 'max-md:overflow-x-auto'}`}
    >
      {children}
    </section>
  )
}
