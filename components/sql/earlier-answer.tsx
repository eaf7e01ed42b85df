import { countOf } from '../../lib/format'
import { ResultTable } from './result-table'
import type { Workbench } from './use-workbench'

/** The answer of an earlier statement, shown while the latest has none, without buttons. */
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
