import type { ReactNode } from 'react'

/** A notice in place of a chart, with the chart's height. */
export function ChartNotice({
  name,
  title,
  height,
  children,
}: {
  name: string
  title: string
  height: number
  children: ReactNode
}) {
  return (
    <section
      aria-labelledby={`${name}-title`}
      data-testid={`chart-${name}`}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id={`${name}-title`} className="mb-2 font-semibold">
        {title}
      </h2>
      <div className="text-muted" style={{ minHeight: height }}>
        {children}
      </div>
    </section>
  )
}
