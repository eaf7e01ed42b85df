import { countOf, formatCount } from '../format'
import { maskFlagCode } from '../manifest/flags'
import { DEFECTS, type KnownDefect } from '../manifest/known-defects'
import type { LedgerSource } from './source'

/** A curated defect, with the images of this manifest that it concerns. */
export interface DefectLine extends KnownDefect {
  /** Anchor. */
  readonly id: string
  /** Whether the manifest has images that it may concern. */
  readonly isHere: boolean
  /** Number of images with the defect's flag; null if that was not checked. */
  readonly flagged: number | null
  /** Flag of these images, for a filter. */
  readonly flagCode: string
  /** `flagged` in words, for people. */
  readonly here: string
}

/** Every curated defect, in the order of data/known-defects.json. */
export const defectLines = (source: LedgerSource): DefectLine[] =>
  DEFECTS.map(defect => {
    const flagCode = defect.flag?.code ?? WRONG_SIZE
    return { ...defect, id: `defect-${flagCode}`, flagCode, ...concerned(defect, flagCode, source) }
  })

/** The flag of the only defect without a known dataset; measuring finds the masks. */
const WRONG_SIZE = maskFlagCode('wrong_size')

function concerned(
  { dataset, oriName, classId, labels, of }: KnownDefect,
  flagCode: string,
  source: LedgerSource,
): Pick<DefectLine, 'isHere' | 'flagged' | 'here'> {
  const { summary, simulated } = source
  const images = (facet: string, value: string) =>
    summary.facets[facet]?.find(count => count.value === value)?.images ?? 0
  const flagged = images('flag', flagCode)
  if (dataset === null) return wrongSizes(source, flagged)
  const all = images('dataset', dataset)
  if (all === 0)
    return { isHere: false, flagged: 0, here: 'none: the dataset is not in this manifest' }
  const which = [
    ...(oriName === undefined ? [] : [`whose ori name contains ${oriName}`]),
    ...(classId === undefined ? [] : [`with a mask of class ${classId}`]),
    ...(labels === undefined ? [] : [`with a mask named ${labels.join(' or ')}`]),
    ...(of === 'mask' && classId === undefined && labels === undefined ? ['with a mask'] : []),
  ].join(' and ')
  const share = `${formatCount(flagged)} of the dataset’s ${countOf(all, 'image')}`
  const here = which ? `${share}: images ${which}` : share
  return {
    isHere: true,
    flagged,
    here: simulated ? `${here} (simulated, so the defect is absent)` : here,
  }
}

function wrongSizes(
  { measured }: LedgerSource,
  flagged: number,
): Pick<DefectLine, 'isHere' | 'flagged' | 'here'> {
  const unknown = { isHere: true, flagged: null }
  if (!measured) return { ...unknown, here: 'not known until measured' }
  if (measured.what === 'sizes')
    return { ...unknown, here: 'not known: only the sizes of images were measured' }
  const masks = measured.quality
    .filter(({ of, flag }) => of === 'mask' && flag === 'wrong_size')
    .reduce((sum, { n }) => sum + n, 0)
  const here = `${countOf(masks, 'mask')} of ${countOf(flagged, 'image')}, measured`
  return { isHere: true, flagged, here }
}
