/**
 * The colours of data, the same on every page and in every theme. Each has a contrast of at least 3:1 against
 * both backgrounds, and neighbours are distinguishable with protanopia, deuteranopia and tritanopia
 * (tests/charts/colors.test.ts computes both).
 */
export const REGION_COLORS: Readonly<Record<string, string>> = {
  'Head and Neck': '#4c6bac',
  Thorax: '#1da1a5',
  Abdomen: '#7b6138',
  Pelvic: '#c259f4',
  Lesion: '#f6507b',
  Others: '#758d0a',
  Unassigned: '#8a8f98',
}

export const MODALITY_COLORS: Readonly<Record<string, string>> = {
  CT: '#3f78c8',
  MR: '#c9780a',
  PET: '#8a5cc9',
  Dermoscopy: '#d4475c',
  'X-ray': '#1f9e96',
  Endoscopy: '#b3589a',
  'Fundus photography': '#7c7f3a',
  Ultrasound: '#5b8fa8',
  Microscopy: '#9a6f52',
  Histopathology: '#6f8f4e',
}

/** Colour of marks whose values have no own colour. */
export const DATA_COLOR = '#4a7fb5'

/** Theme colours of charts; figures use the light theme. */
export interface ChartTheme {
  readonly background: string
  readonly text: string
  readonly muted: string
  readonly grid: string
  /** Colour of the unfiltered count behind a filtered mark. */
  readonly ghost: string
}

export const LIGHT: ChartTheme = {
  background: '#ffffff',
  text: '#1c2025',
  muted: '#5c6670',
  grid: '#e6e8eb',
  ghost: '#d9dde2',
}

export const DARK: ChartTheme = {
  background: '#15181c',
  text: '#e6e9ec',
  muted: '#9aa4ae',
  grid: '#2a2f36',
  ghost: '#3a4149',
}
