'use client'

import type { Table } from 'apache-arrow'
import { useCallback, useMemo, useState } from 'react'
import { answerBars, MOST_BARS } from '../../lib/charts/answer-bars'
import type { ChartTheme } from '../../lib/charts/colors'
import { cellText, isGrouped, kindOf } from '../../lib/workbench/cell-text'
import { ChartFrame } from '../charts/chart-frame'
import { useChart } from '../charts/use-chart'

/** A bar chart of an answer's first rows, if the answer has a column of names and a column of numbers. */
export function ResultChart({ table }: { table: Table }) {
  const { names, numbers } = useMemo(() => columnsOf(table), [table])
  const [wanted, setWanted] = useState<string | null>(null)
  const measure = numbers.find(name => name === wanted) ?? numbers[0]
  const rows = useMemo(
    () => (names && measure ? barsOf(table, names, measure) : []),
    [table, names, measure],
  )
  const build = useCallback(
    (theme: ChartTheme) => answerBars(rows, { noun: names ?? '', measure: measure ?? '' }, theme),
    [rows, names, measure],
  )
  const chart = useChart(build)
  if (!names || !measure || rows.length === 0) return null
  return (
    <ChartFrame
      name="answer"
      title={`${measure} by ${names}`}
      unit={
        <>
          {table.numRows > MOST_BARS && `first ${MOST_BARS} rows `}
          {numbers.length > 1 && (
            <label className="ml-2">
              Measure{' '}
              <select
                value={measure}
                onChange={event => setWanted(event.target.value)}
                className="rounded-sm border border-line bg-background px-1"
              >
                {numbers.map(name => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
        </>
      }
      chart={chart}
      table={{ columns: [names, measure], rows: rows.map(row => [row.name, row.amount]) }}
      height={Math.min(rows.length, MOST_BARS) * 20 + 30}
      pending={false}
      error={null}
      empty={false}
    />
  )
}

/** The first text column, for the names of bars, and all columns of amounts, for their lengths: ids are numbers, but no amounts. */
function columnsOf({ schema }: Table): { names: string | null; numbers: string[] } {
  const text = schema.fields.find(field => kindOf(field.type) === 'text')
  const numbers = schema.fields.filter(field => isGrouped(field.name, field.type))
  return { names: text?.name ?? null, numbers: numbers.map(field => field.name) }
}

function barsOf(table: Table, names: string, measure: string) {
  const fields = table.schema.fields
  const at = (name: string) => fields.findIndex(field => field.name === name)
  const read = (name: string, row: number) => {
    const column = table.getChildAt(at(name))
    return column ? cellText(column, row) : null
  }
  const bars = new Map<string, number>()
  for (let row = 0; row < Math.min(table.numRows, MOST_BARS); row++) {
    const amount = Number(read(measure, row) ?? Number.NaN)
    // Rows without a number, or with a repeated name, are only in the table.
    const name = read(names, row) ?? 'NULL'
    if (amount >= 0 && !bars.has(name)) bars.set(name, amount)
  }
  return [...bars].map(([name, amount]) => ({ name, amount }))
}
