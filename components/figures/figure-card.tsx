'use client'

import type { Figure, FigureInput } from '../../lib/figures/figure'
import { caption, verdict } from '../../lib/figures/figures'
import { figureCsv } from '../../lib/figures/files'
import { formatFilter } from '../../lib/filter/query-string'
import { DataTable } from '../charts/data-table'
import { download } from '../download'
import { CopyButton } from '../ui/copy-button'
import { TOOL_LOOKS, ToolButton } from '../ui/tool-button'
import { ComparisonTable } from './comparison-table'
import { FigureDrawing } from './figure-drawing'

/** One figure: picture, comparison with the paper, files, and the data it was made from. */
export function FigureCard({ figure, input }: { figure: Figure; input: FigureInput }) {
  const said = verdict(figure)
  const query = formatFilter(input.filter)
  const words = caption(figure, input)
  const save = (text: string, extension: string, type: string) =>
    download(new Blob([text], { type }), `${figure.id}.${extension}`)
  return (
    <section
      id={figure.id}
      aria-labelledby={`${figure.id}-title`}
      data-testid={`figure-${figure.id}`}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={`${figure.id}-title`} className="font-semibold">
          {figure.title}
        </h2>
        {said && (
          <span data-ok={said.ok} className={said.ok ? 'text-muted' : 'font-semibold text-wrong'}>
            {said.ok ? '✓ ' : ''}
            {said.text}
          </span>
        )}
        <div className="ml-auto flex flex-wrap text-[11px]">
          {figure.picture &&
            (['svg', 'png', 'pdf'] as const).map(extension => (
              <a
                key={extension}
                href={`/api/figures/${figure.id}.${extension}${query && `?${query}`}`}
                download
                className={TOOL_LOOKS.quiet}
              >
                {extension === 'png' ? 'PNG (300 dpi)' : extension.toUpperCase()}
              </a>
            ))}
          <ToolButton look="quiet" onClick={() => save(figureCsv(figure), 'csv', 'text/csv')}>
            CSV
          </ToolButton>
          {figure.picture && 'spec' in figure.picture && (
            <ToolButton
              look="quiet"
              onClick={() =>
                save(
                  JSON.stringify((figure.picture as { spec: object }).spec, null, 1),
                  'vl.json',
                  'application/json',
                )
              }
            >
              Spec
            </ToolButton>
          )}
        </div>
      </div>
      <p className="mb-2 text-[11px] text-muted">Based on {figure.origin}.</p>
      <FigureDrawing figure={figure} />
      {figure.gap && figure.picture && <p className="mt-1">{figure.gap}</p>}
      <p className="mt-2 max-w-[80ch] text-[12px] text-muted">
        {words} <CopyButton text={words} what="caption" />
      </p>
      {figure.comparison.length > 0 && (
        <details className="mt-1">
          <summary>Compare each number with the paper</summary>
          <ComparisonTable rows={figure.comparison} title={figure.title} />
        </details>
      )}
      <details className="mt-1">
        <summary>Rows</summary>
        <DataTable
          caption={`Rows of ${figure.title}`}
          data={{
            columns: figure.columns.map(({ title, unit }) => (unit ? `${title} (${unit})` : title)),
            rows: figure.rows.map(row => figure.columns.map(({ key }) => row[key] ?? '—')),
          }}
        />
      </details>
      <details className="mt-1">
        <summary>SQL</summary>
        <pre className="bg-raised p-2 text-[12px] break-words whitespace-pre-wrap">
          {figure.sql}
        </pre>
        <CopyButton text={figure.sql} what="SQL" />
      </details>
    </section>
  )
}
