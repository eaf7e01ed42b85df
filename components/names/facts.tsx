import type { ReactNode } from 'react'

export interface Fact {
  readonly name: string
  /** Null if unknown; shown as a dash with the reason. */
  readonly value: ReactNode | null
  readonly unknown?: string
}

/** Facts about a dataset or a label, one per line. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
      {facts.map(({ name, value, unknown }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">
            {value ?? (
              <span title={unknown}>
                — <span className="text-[11px] text-muted">{unknown}</span>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
