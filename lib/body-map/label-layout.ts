import { ORGANS } from '../taxonomy/organs'

/** Heights in px of a label's row (a finger's target) and of a region's heading. */
export const ROW_HEIGHT = 24
export const HEADING_HEIGHT = 20

export type Side = 'left' | 'right'

export interface LabelBlock {
  readonly region: string
  readonly side: Side
  /** Upper edge in px, at the height of the region in the figure. */
  readonly top: number
  readonly organs: readonly string[]
}

/** The sides and the order of the organs in the figure, so that lines seldom cross. */
const BLOCKS: readonly (readonly [Side, number, readonly string[]])[] = [
  ['left', 4, ['Brain', 'Eye', 'Parotid gland', 'Vertebrae']],
  ['left', 126, ['Scapula', 'Humerus', 'Lung', 'Breast']],
  ['left', 248, ['Liver', 'Gallbladder', 'Kidney', 'Intestine', 'Bladder']],
  ['left', 394, ['Hip', 'Femur']],
  ['right', 4, ['Ear', 'Face', 'Mandible']],
  ['right', 102, ['Clavicula', 'Trachea', 'Aorta', 'Heart', 'Rib']],
  ['right', 248, ['Esophagus', 'Spleen', 'Stomach', 'Pancreas']],
  ['right', 370, ['Uterus', 'Prostate gland', 'Testicle']],
  ['right', 468, ['Skin']],
]

const REGION_OF = new Map(ORGANS.map(({ organ, region }) => [organ, region]))

/** Labels beside the figure, by region. */
export const LABEL_BLOCKS: readonly LabelBlock[] = BLOCKS.map(([side, top, organs]) => ({
  side,
  top,
  organs,
  region: REGION_OF.get(organs[0] ?? '') ?? '',
}))

/** Position of each organ's label: side, and height of its middle in px. */
export const LABEL_SPOTS: ReadonlyMap<string, { side: Side; y: number }> = new Map(
  LABEL_BLOCKS.flatMap(({ side, top, organs }) =>
    organs.map((organ, i) => [organ, { side, y: top + HEADING_HEIGHT + (i + 0.5) * ROW_HEIGHT }]),
  ),
)
