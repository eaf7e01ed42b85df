import { ORGANS } from '../taxonomy/organs'
import { DATA_COLOR, MODALITY_COLORS, REGION_COLORS } from './colors'

export const modalityColor = (modality: string): string => MODALITY_COLORS[modality] ?? DATA_COLOR

/** Colour of a region, and of lesions. */
export const structureColor = (structure: string): string => REGION_COLORS[structure] ?? DATA_COLOR

const REGION_OF = new Map(ORGANS.map(({ organ, region }) => [organ, region]))

/** Colour of an organ: that of its region. */
export const organColor = (organ: string): string =>
  structureColor(REGION_OF.get(organ) ?? 'Unassigned')
