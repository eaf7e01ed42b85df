import type { ReactNode } from 'react'
import { formatCount } from '../../lib/format'
import { LedgerLink } from './ledger-link'

declare module 'react' {
  interface HTMLAttributes<T> {
    /** The browser reports when it first paints the element under this name; the bench reads it. */
    elementtiming?: string
  }
}

/** One number of a headline with a note below it; a dash while it is unknown. */
export function HeadlineNumber({
  id,
  value,
  text,
  title,
  children,
}: {
  id?: string
  value?: number
  /** The number for people; null while it is unknown. */
  text: string | null
  title?: string
  children: ReactNode
}) {
  return (
    <div>
      <dd
        data-testid={id && `count-${id}`}
        elementtiming={id && `count-${id}`}
        data-value={value}
        title={title}
        className="text-xl leading-tight font-semibold"
      >
        {text ?? '—'}
      </dd>
      <dt className="text-[11px] text-muted">{children}</dt>
    </div>
  )
}

/** How many of something are selected, out of how many. */
export function HeadlineCount({
  id,
  line,
  value,
  of,
  missing,
}: {
  /** What is counted; also the line of the ledger, unless `line` is given. */
  id: string
  line: string | undefined
  value: number | undefined
  of: number
  /** Why the number is unknown. */
  missing?: string
}) {
  return (
    <HeadlineNumber
      id={id}
      value={value}
      text={value === undefined ? null : formatCount(value)}
      title={value === undefined ? missing : undefined}
    >
      <LedgerLink line={line ?? id}>{value === of ? id : `of ${formatCount(of)} ${id}`}</LedgerLink>
    </HeadlineNumber>
  )
}
