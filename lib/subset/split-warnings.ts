import { countOf, formatCount, formatShare } from '../format'
import type { SizeCount } from '../split/size-summary'
import { listed } from './listed'
import { pairsText } from './pairs-text'
import type { SplitName } from './recipe'
import { blockText } from './refusal'
import type { HowSplit, OverlapReport, SplitReport } from './split-report'
import { unevenTexts } from './uneven-text'

/** Maximum number of names in a warning. */
const MOST_NAMED = 5

/**
 * Warnings for training and testing on the splits, most important first.
 *
 * @param images Images of the subset before any were left out.
 * @param sizes How many patients of each split have a given number of images.
 */
export function splitWarnings(
  report: Omit<SplitReport, 'warnings'>,
  how: HowSplit,
  images: number,
  sizes: ReadonlyMap<SplitName, readonly SizeCount[]>,
): string[] {
  const { splits, sharedDuplicates, overlaps, by, excluded, unknownPatients } = report
  const asked = splits.reduce((all, one) => all + (one.asked ?? 0), 0)
  const isDrawn = by !== 'image'
  return [
    ...how.notes,
    ...emptyText(report, how, images),
    ...percentText(report),
    ...(asked > images
      ? [
          `${countOf(asked, 'image')} requested, ${formatCount(images)} available: ${listed(splits.map(one => `${one.split} has ${formatCount(one.images)}`))}.`,
        ]
      : []),
    ...(by === 'image'
      ? [
          'Split by image: slices of one patient are in several splits, so test scores will be too high.',
        ]
      : []),
    ...(isDrawn ? sharedText(report) : []),
    ...(excluded.length > 0
      ? [
          `Left out because others share their scans: ${listed(excluded.map(one => `${one.dataset} (${countOf(one.images, 'image')})`))}.`,
        ]
      : []),
    ...report.blocks
      .filter(({ datasets, pairs }) => datasets.length > 1 && pairs.length > 0)
      .map(blockText),
    ...overlapTexts(overlaps),
    ...shareTexts(report, how.shares),
    ...(isDrawn ? unevenTexts(report, sizes) : []),
    ...(unknownPatients.length > 0 ? [unknownText(unknownPatients)] : []),
    ...blankText(report),
    ...(sharedDuplicates === null ? ['Duplicate check needs a manifest built from the ZIP.'] : []),
  ]
}

/** Warn about patients or people with images in several splits. */
function sharedText({
  sharedPatients,
  sharedPatientsBy,
  sharedPeople: { people, byNamesOnly, first },
}: Pick<SplitReport, 'sharedPatients' | 'sharedPatientsBy' | 'sharedPeople'>): string[] {
  if (people === 0) return []
  if (sharedPatients === 0)
    return [
      `People whose names match in several datasets have images in several splits, so test scores will be too high: ${countOf(people, 'person', 'people')}, such as ${first.join(' = ')}.`,
    ]
  const most = [...sharedPatientsBy].sort((a, b) => b.patients - a.patients)
  const named = most
    .slice(0, MOST_NAMED)
    .map(({ dataset, patients }) => `${formatCount(patients)} of ${dataset}`)
  const more =
    most.length > MOST_NAMED
      ? [`those of ${countOf(most.length - MOST_NAMED, 'more dataset')}`]
      : []
  const matched =
    byNamesOnly > 0
      ? [
          `${countOf(byNamesOnly, 'person', 'people')} of several datasets whose names match${first.length > 1 ? `, such as ${first.join(' = ')}` : ''}`,
        ]
      : []
  return [
    `Patients have images in several splits, so test scores will be too high: ${listed([...named, ...more, ...matched])}.`,
  ]
}

/** Warn about sizes that look like percentages but are numbers of images. */
function percentText({ splits, leftOut }: Pick<SplitReport, 'splits' | 'leftOut'>): string[] {
  const asked = splits.map(one => one.asked ?? 0)
  if (leftOut === 0 || asked.reduce((sum, n) => sum + n, 0) !== 100) return []
  return [
    `Sizes of 1 and more are numbers of images; for ${asked.map(n => `${n}%`).join(', ')} of all images write ${asked.map(n => n / 100).join(',')}.`,
  ]
}

/** Warn about splits that should have images but have none. */
function emptyText(
  { splits, blocks, by }: Pick<SplitReport, 'splits' | 'blocks' | 'by'>,
  how: HowSplit,
  images: number,
) {
  if (images === 0) return ['The filter selects no images: all splits are empty.']
  const empty = splits.filter(({ split, images }) => images === 0 && how.wanted.includes(split))
  if (empty.length === 0) return []
  const patients = splits.reduce((sum, one) => sum + one.patients, 0)
  const why =
    blocks.length > 0
      ? blocks.slice(0, 3).map(blockText).join(' ')
      : by === 'image'
        ? 'there are too few images.'
        : by === 'patient' && patients < how.wanted.length
          ? `${countOf(patients, 'patient')} cannot fill ${countOf(how.wanted.length, 'split')}.`
          : `all images of a ${by} are kept together.`
  return [
    `Could not fill ${listed(empty.map(({ split }) => split))}: ${why} Add images, or choose other sizes.`,
  ]
}

/** A larger distance from the requested share causes a warning. */
const POINTS = 0.02

/** Warn about val and test if they miss the requested share. Uncut patients can make this unavoidable. */
function shareTexts(
  { splits }: Pick<SplitReport, 'splits'>,
  shares: readonly number[] | null,
): string[] {
  const all = splits.reduce((sum, { images }) => sum + images, 0)
  const largest = Math.max(...splits.map(one => one.imagesPerPatient?.max ?? 0))
  const off = splits.flatMap(({ split, images }, nth) => {
    const share = shares?.[nth] ?? 0
    // Another warning covers empty splits, and train only gets what is left.
    const isOff = split !== 'train' && images > 0 && Math.abs(images / all - share) > POINTS
    return shares && isOff
      ? [`${split} has ${formatShare(images / all)}, ${formatShare(share)} was asked`]
      : []
  })
  return off.length === 0
    ? []
    : [
        `Sizes are off by more than 2 points: ${off.join('; ')}: the largest patient has ${countOf(largest, 'image')}.`,
      ]
}

/** Warn about datasets that share people and are in different splits. */
function overlapTexts(overlaps: readonly OverlapReport[]): string[] {
  const across = overlaps.filter(({ isAcross }) => isAcross)
  const sure = across.filter(({ kind }) => kind !== 'possibly-same-hospital')
  const isTold = ({ isOpen, peopleAcross }: OverlapReport) => !isOpen && peopleAcross === 0
  const open = sure.filter(one => !isTold(one))
  const told = sure.filter(isTold)
  const hospitals = across.filter(({ kind }) => kind === 'possibly-same-hospital')
  const pairsOf = (some: readonly OverlapReport[]) => some.map(({ datasets }) => datasets)
  const peopleOf = (pair: readonly string[]) => {
    const people = told.find(({ datasets }) => datasets === pair)?.people ?? 0
    return people === 0 ? ' (nobody in common)' : ` (${countOf(people, 'person', 'people')})`
  }
  return [
    ...(open.length > 0
      ? [`Datasets that share scans are in different splits: ${pairsText(pairsOf(open))}.`]
      : []),
    ...(told.length > 0
      ? [
          `Datasets that share scans are in different splits, but people whose names match are in one: ${pairsText(pairsOf(told), peopleOf)}.`,
        ]
      : []),
    ...(hospitals.length > 0
      ? [
          `Datasets that may come from one hospital are in different splits: ${hospitals.map(({ datasets }) => listed(datasets)).join('; ')}.`,
        ]
      : []),
  ]
}

function unknownText(unknown: SplitReport['unknownPatients']): string {
  const named = unknown.slice(0, MOST_NAMED).map(({ dataset }) => dataset)
  const more = unknown.length - named.length
  const names = more > 0 ? [...named, `${more} more`] : named
  return `It is not known which cases are one patient in ${listed(names)}: there each case counts as a patient.`
}

function blankText({ equalPictures }: Pick<SplitReport, 'equalPictures'>): string[] {
  if (!equalPictures) return []
  const { blankGroups, outside } = equalPictures
  return [
    ...(blankGroups > 0
      ? [
          `${countOf(blankGroups, 'group of equal pictures shows', 'groups of equal pictures show')} next to nothing or ${blankGroups === 1 ? 'is' : 'are'} in too many patients, and keep${blankGroups === 1 ? 's' : ''} nobody together.`,
        ]
      : []),
    ...(outside > 0
      ? [
          `Pictures outside this subset keep patients together: ${countOf(outside, 'group')} of equal ones.`,
        ]
      : []),
  ]
}
