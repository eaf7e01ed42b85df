import type { ReactNode } from 'react'

/** The matrix's place while there is none to show. */
export function CoverageNotice({ height, children }: { height: number; children: ReactNode }) {
  return (
    <section
      aria-labelledby="coverage-title"
      data-testid="chart-coverage"
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id="coverage-title" className="mb-2 font-semibold">
        Coverage
      </h2>
      <div className="text-muted" style={{ minHeight: height }}>
        {children}
      </div>
    </section>
  )
}
