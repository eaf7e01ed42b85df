import { countOf } from '../format'
import type { SplitReport } from './split-report'

/** What train, val and test share, in a sentence without its full stop. */
export function leakageText({
  sharedPatients,
  sharedDuplicates,
  unknownPatients,
}: Pick<SplitReport, 'sharedPatients' | 'sharedDuplicates' | 'unknownPatients'>): string {
  const patients = sharedPatients === 0 ? 'no patient' : countOf(sharedPatients, 'patient')
  return [
    `Leakage check: ${patients} in more than one split`,
    duplicatesText(sharedDuplicates),
    ...(unknownPatients.length === 0
      ? []
      : [`patients unknown in ${countOf(unknownPatients.length, 'dataset')}`]),
  ].join('; ')
}

function duplicatesText(groups: number | null): string {
  if (groups === null) return 'duplicates not checked'
  if (groups === 0) return 'no exact duplicates across splits'
  return `${countOf(groups, 'group of exact duplicates', 'groups of exact duplicates')} across splits`
}
