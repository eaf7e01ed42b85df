import { DEFECTS } from '../../manifest/known-defects'

/** What repairs a mask that a known defect concerns. */
export type Fix =
  | { readonly kind: 'invert' }
  | { readonly kind: 'leave-out' }
  | { readonly kind: 'rename'; readonly label: string }

/** What a fix depends on. */
export interface FixMask {
  readonly dataset: string
  readonly label: string
  readonly classId: string
}

/** The fix of a mask by data/known-defects.json; null for a mask without one. */
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

/** A label, and those that a fix gives to masks of it in some dataset. */
export const renamedLabels = (label: string): readonly string[] => [
  label,
  ...DEFECTS.flatMap(({ fix, labels }) =>
    fix === 'swap' && labels?.includes(label) ? labels.filter(each => each !== label) : [],
  ),
]
