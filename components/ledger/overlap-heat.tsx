import { countOf, formatCount, formatShort } from '../../lib/format'
import { overlapMatrix } from '../../lib/ledger/overlaps'
import type { Overlap } from '../../lib/manifest/manifest'
import { WideTable } from './ledger-section'

/** Strength of the darkest cell, on which text stays readable in both themes. */
const DARKEST_PCT = 60

/** Datasets by datasets: number of images of the row's dataset with an equal image in the column's dataset. */
export function OverlapHeat({ overlaps }: { overlaps: readonly Overlap[] }) {
  const { names, cells, max } = overlapMatrix(overlaps)
  return (
    <div>
      <p className="mb-1 flex flex-wrap items-center gap-x-2 text-[11px] text-muted">
        Images of the row’s dataset that equal an image of the column’s dataset; the diagonal
        compares a dataset with itself. 1
        <span
          aria-hidden
          className="inline-block h-2 w-24"
          style={{
            background: `linear-gradient(to right, ${colorOf(1, max)}, ${colorOf(max, max)})`,
          }}
        />
        {formatCount(max)}, logarithmic
      </p>
      <WideTable label="Overlaps of datasets" always>
        <table data-testid="overlap-heat" className="border-separate border-spacing-px text-[11px]">
          <thead>
            <tr>
              <td />
              {names.map(name => (
                <th key={name} scope="col" className="w-11 min-w-11 pb-1 align-bottom font-normal">
                  <span
                    title={name}
                    className="inline-block max-h-52 truncate [writing-mode:sideways-lr]"
                  >
                    {name}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((row, i) => (
              <tr key={row}>
                <th
                  scope="row"
                  className="sticky left-0 max-w-56 truncate max-md:max-w-32 bg-background pr-2 text-right font-normal"
                  title={row}
                >
                  {row}
                </th>
                {names.map((column, j) => {
                  const cell = cells[i]?.[j]
                  if (!cell) return <td key={column} className="h-6 border border-line/60" />
                  const where = row === column ? 'the same dataset' : column
                  return (
                    <td
                      key={column}
                      data-value={cell.images}
                      title={`${row}: ${countOf(cell.images, 'image')} with an equal image in ${where}, ${countOf(cell.groups, 'group')}`}
                      className="h-6 px-1 text-center"
                      style={{ background: colorOf(cell.images, max) }}
                    >
                      {formatShort(cell.images)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </div>
  )
}

/** One hue mixed with the page's background, by the logarithm of the count. */
function colorOf(images: number, max: number): string {
  const share = max > 1 ? Math.log(images) / Math.log(max) : 1
  const pct = 10 + share * (DARKEST_PCT - 10)
  return `color-mix(in oklab, var(--data) ${pct.toFixed(1)}%, var(--background))`
}
