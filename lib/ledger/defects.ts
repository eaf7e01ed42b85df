import { countOf } from '../format'
import { DEFECTS, type KnownDefect } from '../manifest/known-defects'
import type { LedgerSource } from './source'

/** A curated defect, and what of this manifest it concerns. */
export interface DefectLine extends KnownDefect {
  /** Whether the manifest has images that it may concern. */
  readonly isHere: boolean
  /** How many, in words: nothing is said that has not been counted. */
  readonly here: string
}

/** Every curated defect, in the order of data/known-defects.json. */
export const defectLines = (source: LedgerSource): DefectLine[] =>
  DEFECTS.map(defect => ({ ...defect, ...concerned(defect, source) }))

function concerned(
  { dataset, oriName, classId }: KnownDefect,
  { summary, measured, simulated }: LedgerSource,
): Pick<DefectLine, 'isHere' | 'here'> {
  if (dataset === null) return { isHere: true, here: wrongSizes(measured) }
  const images = summary.facets.dataset?.find(({ value }) => value === dataset)?.images ?? 0
  if (images === 0) return { isHere: false, here: 'none: the dataset is not in this manifest' }
  const which = [
    ...(oriName === undefined ? [] : [`whose ori name contains ${oriName}`]),
    ...(classId === undefined ? [] : [`with a mask of class ${classId}`]),
  ].join(' and ')
  const all = `${countOf(images, 'image')} of the dataset`
  const here = which ? `${all}; it concerns those ${which}` : all
  return { isHere: true, here: simulated ? `${here} (simulated, so without the defect)` : here }
}

function wrongSizes(measured: LedgerSource['measured']): string {
  if (!measured) return 'not known until measured'
  if (measured.what === 'sizes') return 'not known: only the sizes of images were measured'
  const masks = measured.quality
    .filter(({ of, flag }) => of === 'mask' && flag === 'wrong_size')
    .reduce((sum, { n }) => sum + n, 0)
  return `${countOf(masks, 'mask')}, measured`
}
