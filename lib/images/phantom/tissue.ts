import type { MaskRow } from '../image-row'

export type Tissue = 'air' | 'bone' | 'vessel' | 'fluid' | 'lesion' | 'soft'

const PATTERNS: readonly (readonly [Tissue, RegExp])[] = [
  ['air', /lung|trachea|airway|bronch/],
  [
    'bone',
    /vertebra|rib|hip|femur|scapula|clavic|humerus|mandible|skull|sacrum|bone|spine|tooth|maxill/,
  ],
  ['fluid', /ventric|csf|bladder|cyst|fluid|edema|optic_cup|eye/],
  ['vessel', /aorta|vein|vena|artery|vessel|atri|heart|myocard|kidney/],
]

/** The tissue that a label's masks roughly look like on a scan, by the label's name. */
export function tissueOf({ label, isLesion }: MaskRow): Tissue {
  if (isLesion) return 'lesion'
  const name = label.toLowerCase()
  return PATTERNS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'soft'
}
