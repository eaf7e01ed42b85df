import { countOf } from '../format'
import type { SharedPeople, SplitReport } from './split-report'

/** What train, val and test share, as a sentence without its full stop. */
export function leakageText({
  sharedPeople,
  sharedDuplicates,
  unknownPatients,
}: Pick<SplitReport, 'sharedPeople' | 'sharedDuplicates' | 'unknownPatients'>): string {
  return [
    `Leakage check: ${peopleText(sharedPeople)}`,
    duplicatesText(sharedDuplicates),
    ...(unknownPatients.length === 0
      ? []
      : [`patients unknown in ${countOf(unknownPatients.length, 'dataset')}`]),
  ].join('; ')
}

/** Patients, or people if names of several datasets match, with an example. */
function peopleText({ people, first }: SharedPeople): string {
  if (people === 0) return 'no patient in more than one split'
  const who = first.length > 1 ? countOf(people, 'person', 'people') : countOf(people, 'patient')
  return `${who} in more than one split${first.length > 0 ? `, such as ${first.join(' = ')}` : ''}`
}

function duplicatesText(groups: number | null): string {
  if (groups === null) return 'duplicates not checked'
  if (groups === 0) return 'no exact duplicates across splits'
  return `${countOf(groups, 'group of exact duplicates', 'groups of exact duplicates')} across splits`
}
