import { DEFECTS } from './known-defects'
import { IMAGE_FLAGS, type ImageFlag, MASK_FLAGS, type MaskFlag } from './quality'

/** A known issue of an image: a value of the facet `flag`. */
export interface FlagRow {
  readonly code: string
  /** Number of its bit in the column `flags`; fixed by the format. */
  readonly bit: number
  /** A few words for lists. */
  readonly title: string
  /** One line for people. */
  readonly doc: string
}

/** Code of an image's flag for an issue that measuring found with one of its masks. */
export const maskFlagCode = (flag: MaskFlag) => `mask_${flag}` as const

const image = (code: ImageFlag, bit: number, title: string): FlagRow => ({
  code,
  bit,
  title,
  doc: IMAGE_FLAGS[code],
})

const mask = (flag: MaskFlag, bit: number, title: string): FlagRow => ({
  code: maskFlagCode(flag),
  bit,
  title,
  doc: `for at least one of its masks: ${MASK_FLAGS[flag]}`,
})

function defect(code: string, bit: number): FlagRow {
  const found = DEFECTS.find(row => row.flag?.code === code)
  if (!found?.flag) throw new RangeError(`no known issue has the flag ${code}`)
  return {
    code,
    bit,
    title: found.flag.title,
    doc: `known issue of ${found.dataset}: ${found.what}`,
  }
}

/**
 * All flags, in the order of their bits. Readers, writers, `verify`, filters and docs use this table. The meaning of
 * a bit can only change with the version of the format.
 */
export const FLAGS: readonly FlagRow[] = [
  image('constant', 0, 'Image of one colour'),
  image('binary_looking', 1, 'Image of two colours'),
  image('unreadable', 2, 'Image unreadable'),
  image('missing', 3, 'Image missing'),
  mask('empty', 4, 'Empty mask'),
  mask('full_frame', 5, 'Full-frame mask'),
  mask('inverted_looking', 6, 'Inverted-looking mask'),
  mask('wrong_size', 7, 'Mask of another size'),
  mask('unreadable', 8, 'Mask unreadable'),
  mask('missing', 9, 'Mask missing'),
  {
    code: 'duplicate_in_dataset',
    bit: 10,
    title: 'Duplicate within its dataset',
    doc: 'another image of its dataset has the same size in bytes and CRC-32',
  },
  {
    code: 'duplicate_across_datasets',
    bit: 11,
    title: 'Duplicate in another dataset',
    doc: 'an image of another dataset has the same size in bytes and CRC-32',
  },
  defect('inverted_optic_disc', 12),
  defect('binary_brain_masks', 13),
  defect('brain_growth', 14),
  defect('whole_cavity', 15),
  defect('swapped_ventricles', 16),
  mask('non_binary', 17, 'Non-binary mask'),
  {
    code: 'not_measured',
    bit: 18,
    title: 'Image not measured',
    doc: 'no defect: the image was not read, because of a limit, a link or a permission; width and height are NULL',
  },
  {
    code: 'mask_not_measured',
    bit: 19,
    title: 'Mask not measured',
    doc: 'no defect: at least one of its masks was not read, because of a limit, a link or a permission',
  },
]

/** The value of the facet for images without any flag. */
export const NO_FLAG = 'none'

/** All values of the facet; the last one is for images without a flag. */
export const FLAG_VALUES: readonly string[] = [...FLAGS.map(row => row.code), NO_FLAG]

const byCode = new Map(FLAGS.map(row => [row.code, row]))

/** A flag by its code. */
export const flagOf = (code: string): FlagRow | undefined => byCode.get(code)

/** Codes → the number in the column `flags`. `NO_FLAG` and unknown codes add nothing. */
export const flagBits = (codes: readonly string[]): number =>
  FLAGS.reduce((bits, { code, bit }) => (codes.includes(code) ? bits | (1 << bit) : bits), 0)

/** The number in the column `flags` → values of the facet. */
export function flagValues(flags: number): string[] {
  if (flags === 0) return [NO_FLAG]
  return FLAGS.filter(({ bit }) => ((flags >>> bit) & 1) === 1).map(({ code }) => code)
}
