import { formatCount } from '../../lib/format'
import type { SqlTable } from '../../lib/workbench/schema'

/** All tables and views with their columns; a click inserts a name into the statement. */
export function SchemaList({
  tables,
  rowsOf,
  onInsert,
}: {
  tables: readonly SqlTable[]
  /** Rows of a table; null for views. */
  rowsOf: (table: string) => number | null
  onInsert: (name: string) => void
}) {
  return (
    <section aria-label="Tables and columns">
      <h2 className="mb-1 font-semibold">Tables</h2>
      <ul>
        {tables.map(({ name, doc, columns }) => {
          const rows = rowsOf(name)
          return (
            <li key={name} className="border-t border-line">
              <details>
                <summary className="flex min-h-[28px] items-center gap-2 py-0.5" title={doc}>
                  <span className="font-mono">{name}</span>
                  <span className="ml-auto text-[11px] text-muted">
                    {rows === null ? 'view' : `${formatCount(rows)} rows`}
                  </span>
                </summary>
                <p className="pb-1 text-[11px] text-muted">{doc}</p>
                <ul className="pb-2">
                  {columns.map(column => (
                    <li key={column.name}>
                      <button
                        type="button"
                        onClick={() => onInsert(column.name)}
                        title={`${column.doc}; click to insert into the statement`}
                        className="flex min-h-[24px] w-full items-baseline gap-2 rounded-sm px-1 text-left hover:bg-raised"
                      >
                        <span className="font-mono">{column.name}</span>
                        <span className="ml-auto text-[11px] text-muted">
                          {column.type.toLowerCase()}
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
