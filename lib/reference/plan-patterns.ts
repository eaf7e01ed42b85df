/** A kind of unreleased dataset that the solver may use. */
export interface Pattern {
  readonly modality: string
  readonly structures: readonly string[]
  /** Largest bin of datasetsBySize by images that such a dataset may fall in. */
  readonly maxImageBin: number
}

const SHORT: Record<string, string> = {
  H: 'Head and Neck',
  T: 'Thorax',
  A: 'Abdomen',
  P: 'Pelvic',
  L: 'Lesion',
  O: 'Others',
}

// One letter a structure; the number is the largest size bin (2: below 10K images).
const ROWS: readonly [modality: string, maxImageBin: number, patterns: string][] = [
  ['CT', 4, 'H HL T TL A AL P PL L O HTAP HTAPL HTAPO TA AP TAP TO AO HTO'],
  ['MR', 4, 'H HL T TL A AL P PL L O HO HLO TA AP'],
  ['X-ray', 2, 'T TL H PO'],
  ['Dermoscopy', 2, 'L LO'],
  ['Endoscopy', 2, 'L O AL TL'],
  ['Fundus photography', 2, 'H HL'],
  ['Microscopy', 1, 'O LO'],
  ['Histopathology', 1, 'L LO AL'],
]

/** What the 49 datasets that are not known from the public release may be. */
export const PATTERNS: readonly Pattern[] = ROWS.flatMap(([modality, maxImageBin, patterns]) =>
  patterns.split(' ').map(letters => ({
    modality,
    structures: [...letters].map(letter => SHORT[letter] as string),
    maxImageBin,
  })),
)
