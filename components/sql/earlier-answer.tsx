import { countOf } from '../../lib/format'
import { ResultTable } from './result-table'
import type { Workbench } from './use-workbench'

/** What an earlier statement answered, to look at while the latest one has none: nothing is done with it. */
export function EarlierAnswer({ answer: { table } }: { answer: NonNullable<Workbench['answer']> }) {
  return (
    <div data-testid="sql-earlier" className="flex min-w-0 flex-col gap-2">
      <p className="text-muted">
        Result of the previous statement: {countOf(table.numRows, 'row')}
      </p>
      {table.numRows > 0 && <ResultTable table={table} isEarlier />}
    </div>
  )
}
