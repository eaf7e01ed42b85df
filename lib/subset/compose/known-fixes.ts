import { DEFECTS } from '../../manifest/known-defects'

/** The repair for a mask with a known defect. */
export type Fix =
  | { readonly kind: 'invert' }
  | { readonly kind: 'leave-out' }
  | { readonly kind: 'rename'; readonly label: string }

/** Properties of a mask that decide on a fix. */
export interface FixMask {
  readonly dataset: string
  readonly label: string
  readonly classId: string
}

/** The fix for a mask from data/known-defects.json; null for none. */
export function fixOf({ dataset, label, classId }: FixMask): Fix | null {
  for (const defect of DEFECTS) {
    const { fix, labels } = defect
    if (fix === undefined || defect.dataset !== dataset) continue
    if (defect.classId !== undefined && defect.classId !== classId) continue
    if (labels !== undefined && !labels.includes(label)) continue
    if (fix !== 'swap') return { kind: fix }
    const other = labels?.find(each => each !== label)
    if (other !== undefined) return { kind: 'rename', label: other }
  }
  return null
}

/** A label, and the labels that a fix gives to some of its masks in some dataset. */
export const renamedLabels = (label: string): readonly string[] => [
  label,
  ...DEFECTS.flatMap(({ fix, labels }) =>
    fix === 'swap' && labels?.includes(label) ? labels.filter(each => each !== label) : [],
  ),
]
