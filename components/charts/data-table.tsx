/** The table of a chart: the first column has names, the others have counts. */
export interface TableData {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

export function DataTable({ data, caption }: { data: TableData; caption: string }) {
  return (
    // Focusable, so that the keyboard can scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus
    <section className="max-h-96 overflow-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full border-collapse text-[12px]">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-background">
          <tr>
            {data.columns.map((column, i) => (
              <th
                key={column}
                scope="col"
                className={`border-b border-line py-1 font-semibold ${i ? 'pl-4 text-right' : 'text-left'}`}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map(([name, ...values]) => (
            <tr key={String(name)} className="border-b border-line/50">
              <th scope="row" className="py-0.5 text-left font-normal">
                {name}
              </th>
              {values.map((value, i) => (
                <td key={data.columns[i + 1]} className="py-0.5 pl-4 text-right">
                  {typeof value === 'number' ? value.toLocaleString('en-US') : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
