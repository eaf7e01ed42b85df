import { countOf } from '../format'
import type { SplitReport } from './split-report.node.ts'

/** What a split shares between train, val and test, in a sentence without its full stop. */
export function leakageText({
  sharedCases,
  sharedDuplicates,
  sharedFamilies,
}: Pick<SplitReport, 'sharedCases' | 'sharedDuplicates' | 'sharedFamilies'>): string {
  const patients = sharedCases === 0 ? 'no patient' : countOf(sharedCases, 'patient')
  return [
    `Leakage check: ${patients} in more than one split`,
    duplicatesText(sharedDuplicates),
    ...(sharedFamilies.length === 0
      ? []
      : [`datasets that may share patients: ${sharedFamilies.join(', ')}`]),
  ].join('; ')
}

function duplicatesText(groups: number | null): string {
  if (groups === null) return 'duplicates not checked'
  if (groups === 0) return 'no exact duplicates across splits'
  return `${countOf(groups, 'group of exact duplicates', 'groups of exact duplicates')} across splits`
}
