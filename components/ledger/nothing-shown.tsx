import type { LedgerView } from '../../lib/ledger/view'

/** Why a section shows no line, although it has lines that are hidden. */
export function NothingShown({ view, isSearched }: { view: LedgerView; isSearched: boolean }) {
  const isFound = isSearched && view.find.trim() !== ''
  return (
    <p className="text-[12px] text-muted">
      {isFound && `No name contains “${view.find.trim()}”`}
      {isFound && view.onlyDifferences && ' among the rows with a definite difference'}
      {!isFound && view.onlyDifferences && 'No row has a definite difference'}
      {!isFound && !view.onlyDifferences && 'None'}.
    </p>
  )
}
