'use client'

import { useMemo, useRef, useState } from 'react'
import { messageOf } from '../../lib/errors'
import { countOf, formatCount } from '../../lib/format'
import { cellText } from '../../lib/workbench/cell-text'
import { csvHeader, csvRows } from '../../lib/workbench/result-csv'
import { facetOfColumn, filterOfValues, valuesTitle } from '../../lib/workbench/to-filter'
import { download } from '../download'
import { PageLink } from '../ui/page-link'
import { ToolButton } from '../ui/tool-button'
import { ResultChart } from './result-chart'
import { ResultTable } from './result-table'
import { SubsetOfAnswer } from './subset-of-answer'
import { MAX_ROWS, type Workbench } from './use-workbench'

/** The answer of a statement: number of rows, time, rows, chart, and buttons for files and filters. */
export function AnswerView({
  answer,
  each,
  isIdle,
}: {
  answer: NonNullable<Workbench['answer']>
  each: Workbench['each']
  isIdle: boolean
}) {
  const { table, isCut, ms, text } = answer
  const filters = useMemo(() => filtersOf(table), [table])
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <p data-testid="sql-rows" data-value={table.numRows} role="status">
          {isCut ? `The first ${formatCount(MAX_ROWS)} rows` : countOf(table.numRows, 'row')}
          <span className="text-muted"> in {Math.round(ms)} ms</span>
        </p>
        <ExportButton text={text} each={each} isIdle={isIdle} />
        {filters.map(({ title, query }) => (
          <PageLink
            key={query}
            href={`/?${query}`}
            className="flex min-h-[24px] items-center rounded-sm border border-line px-1.5 hover:border-muted"
          >
            Filter by {title}
          </PageLink>
        ))}
        <SubsetOfAnswer answer={answer} each={each} isIdle={isIdle} />
      </div>
      {isCut && (
        <p className="text-[11px] text-muted">
          Later rows are not shown. Download all rows as CSV, or use LIMIT or GROUP BY to return
          fewer.
        </p>
      )}
      {table.numRows > 0 && <ResultTable table={table} />}
      <ResultChart table={table} />
    </div>
  )
}

/** Filters made from columns that contain values of a facet. */
function filtersOf(table: NonNullable<Workbench['answer']>['table']) {
  return table.schema.fields.flatMap((field, i) => {
    const facet = facetOfColumn(field.name)
    if (!facet) return []
    const column = table.getChildAt(i)
    const values = new Set<string | null>()
    if (column) for (let row = 0; row < column.length; row++) values.add(cellText(column, row))
    const query = filterOfValues(facet, values)
    values.delete(null)
    return query === null ? [] : [{ title: valuesTitle(facet, values.size), query }]
  })
}

/** Saves all rows of the statement as a CSV file, also rows that are not shown. */
function ExportButton({
  text,
  each,
  isIdle,
}: {
  text: string
  each: Workbench['each']
  isIdle: boolean
}) {
  const [rows, setRows] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const write = async () => {
    if (!each) return
    const parts: BlobPart[] = []
    stop.current = new AbortController()
    let written = 0
    setProblem(null)
    setRows(0)
    try {
      await each(
        text,
        (batch, schema) => {
          if (parts.length === 0) parts.push(csvHeader(schema))
          parts.push(csvRows(batch))
          written += batch.numRows
          setRows(written)
        },
        stop.current.signal,
      )
      download(new Blob(parts, { type: 'text/csv' }), 'answer.csv')
    } catch (error) {
      if (!stop.current.signal.aborted) setProblem(`Could not write the CSV: ${messageOf(error)}`)
    } finally {
      setRows(null)
    }
  }
  return (
    <>
      {rows === null ? (
        <ToolButton onClick={write} disabled={!isIdle || !each}>
          Download all rows (CSV)
        </ToolButton>
      ) : (
        <ToolButton onClick={() => stop.current?.abort()}>
          Stop ({countOf(rows, 'row')} written)
        </ToolButton>
      )}
      {problem && (
        <span role="alert" className="text-wrong">
          {problem}
        </span>
      )}
    </>
  )
}
