import type { Difference, Figure } from '../../lib/ledger/figure'
import { DIFFERENCE_NOTES, differenceText, figureText } from '../../lib/ledger/labels'
import type { Section } from '../../lib/ledger/ledger'
import { isApart, type Line } from '../../lib/ledger/line'
import { type LedgerView, shownNumbers } from '../../lib/ledger/view'
import { LedgerSection, WideTable } from './ledger-section'
import { NothingShown } from './nothing-shown'
import { ReasonLinks } from './reason-links'

const HEAD = 'border-b border-line py-1 align-bottom font-normal whitespace-nowrap'
const FIRST = 'text-left max-md:sticky max-md:left-0 max-md:bg-background'
const CELL = 'py-0.5 pl-4 text-right align-baseline whitespace-nowrap'

/** Published numbers, one per line: paper, release and manifest, their differences and the reasons. */
export function NumberSection({ section, view }: { section: Section<Line>; view: LedgerView }) {
  const lines = shownNumbers(section.lines, view)
  return (
    <LedgerSection id={section.id} title={section.title} note={section.note}>
      {lines.length === 0 ? (
        <NothingShown view={view} isSearched={false} />
      ) : (
        <WideTable label={`${section.title}, table`} always>
          <table className="border-collapse text-[12px]">
            <thead className="text-[11px] text-muted">
              <tr>
                <th scope="col" className={`${HEAD} ${FIRST}`}>
                  line
                </th>
                {['paper', 'public release', 'this manifest'].map(name => (
                  <th key={name} scope="col" className={`${HEAD} pl-4 text-right`}>
                    {name}
                  </th>
                ))}
                <th scope="col" className={`${HEAD} pl-4 text-right`}>
                  release
                  <br />− paper
                </th>
                <th scope="col" className={`${HEAD} pl-4 text-right`}>
                  manifest
                  <br />− paper
                </th>
                <th scope="col" className={`${HEAD} pl-4 text-right`}>
                  manifest
                  <br />− release
                </th>
                <th scope="col" className={`${HEAD} pl-4 text-left`}>
                  why
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <NumberRow key={line.id} line={line} />
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </LedgerSection>
  )
}

function NumberRow({ line }: { line: Line }) {
  const { id, name, measure, paper, release, manifest } = line
  return (
    <tr
      id={id}
      data-apart={isApart(line)}
      className="scroll-mt-10 border-b border-line/50 target:bg-notice hover:bg-raised"
    >
      <th
        scope="row"
        className={`py-0.5 align-baseline font-normal max-md:min-w-28 md:whitespace-nowrap ${FIRST}`}
      >
        {name}
        {MEASURED.has(measure) && name.toLowerCase() !== measure && (
          <span className="text-muted"> {measure}</span>
        )}
      </th>
      <FigureCell figure={paper} />
      <FigureCell figure={release} />
      <FigureCell figure={manifest} isOwn />
      <DifferenceCell difference={line.releaseToPaper} />
      <DifferenceCell difference={line.toPaper} />
      <DifferenceCell difference={line.toRelease} />
      <td className="min-w-56 py-0.5 pl-4 max-md:whitespace-nowrap align-baseline text-[11px]">
        <ReasonLinks ids={line.reasons} />
      </td>
    </tr>
  )
}

/** Totals are named after what they count. */
const MEASURED: ReadonlySet<string> = new Set(['images', 'masks'])

function FigureCell({ figure, isOwn = false }: { figure: Figure; isOwn?: boolean }) {
  return (
    <td
      title={figure.note}
      data-value={figure.value ?? undefined}
      className={`${CELL} ${isOwn ? 'font-semibold' : ''}`}
    >
      {figureText(figure)}
      {figure.value === null && <span className="sr-only"> not known: {figure.note}</span>}
    </td>
  )
}

function DifferenceCell({ difference }: { difference: Difference }) {
  const isNumber = difference.kind === 'apart'
  return (
    <td
      title={DIFFERENCE_NOTES[difference.kind]}
      className={`${CELL} ${isNumber ? '' : 'text-muted'}`}
    >
      {differenceText(difference)}
    </td>
  )
}
