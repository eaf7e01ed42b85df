import { formatCount, formatMean } from '../format'
import { areSizesBeyondChance, isBeyondChance, meanPlace } from '../split/chance'
import { groupBy } from '../split/group-by'
import { type SizeCount, sizeSummary } from '../split/size-summary'
import { listed } from './listed'
import type { SplitName } from './recipe'
import type { SplitReport, SplitRow } from './split-report'

/** Maximum number of names in a warning. */
const MOST_NAMED = 5

/**
 * Warnings about sizes of patients, datasets and labels that differ between splits by more than chance.
 *
 * @param sizes How many patients of each split have a given number of images. Splits are in the order of the messages.
 */
export function unevenTexts(
  report: Pick<SplitReport, 'splits' | 'datasets' | 'labels' | 'sharedPatients' | 'blocks'>,
  sizes: ReadonlyMap<SplitName, readonly SizeCount[]>,
): string[] {
  const texts = [
    ...(report.sharedPatients === 0 ? sizeTexts(sizes) : []),
    ...rowTexts('Datasets', report.datasets, report),
    ...rowTexts('Labels', report.labels, report),
  ]
  const isHeld = report.blocks.some(({ pairs }) => pairs.length > 0)
  return texts.length > 0 && isHeld ? [...texts, HELD] : texts
}

const HELD =
  'Datasets that are kept in one split can make splits uneven: set overlap to warn (--overlap warn) to split them all the same, or to exclude (--overlap exclude) to leave the smaller ones out.'

/** Warn about splits whose patients are larger or smaller than chance explains. */
function sizeTexts(sizes: ReadonlyMap<SplitName, readonly SizeCount[]>): string[] {
  const all = merged([...sizes.values()].flat())
  if (![...sizes.values()].some(counts => areSizesBeyondChance(counts, all))) return []
  const means = [...sizes].map(([split, counts]) => {
    const place = Math.round(100 * meanPlace(counts, all))
    return `${formatMean(sizeSummary(counts)?.mean ?? 0)} (${place}%) in ${split}`
  })
  return [
    `Patients differ in size between the splits by more than chance: images per patient, on average (and the mean place among all patients from the smallest to the largest), are ${listed(means)}.`,
  ]
}

const merged = (counts: readonly SizeCount[]): SizeCount[] =>
  [...groupBy(counts, ({ images }) => images)].map(([images, same]) => ({
    images,
    patients: same.reduce((sum, { patients }) => sum + patients, 0),
  }))

/** Warn about splits with more or fewer patients of a dataset or label than chance explains. */
function rowTexts(
  what: string,
  rows: readonly SplitRow[],
  { splits }: Pick<SplitReport, 'splits'>,
): string[] {
  const drawn = splits.map(({ patients }) => patients)
  const all = drawn.reduce((sum, n) => sum + n, 0)
  const uneven = rows.filter(({ patients }) => {
    const marked = patients.reduce((sum, n) => sum + n, 0)
    return patients.some((found, split) => isBeyondChance(found, drawn[split] ?? 0, marked, all))
  })
  if (uneven.length === 0) return []
  const named = uneven
    .slice(0, MOST_NAMED)
    .map(({ name, patients }) => `${name} (${patients.map(formatCount).join(', ')} patients)`)
  const more = uneven.length > MOST_NAMED ? ` and ${uneven.length - MOST_NAMED} more` : ''
  return [
    `${what} that are spread over ${listed(splits.map(({ split }) => split))} less evenly than chance does: ${named.join('; ')}${more}.`,
  ]
}
