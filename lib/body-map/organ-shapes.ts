import { BODY_OUTLINE } from './body-outline'
import { smoothPath } from './smooth-path'

/** One drawn part of an organ, in the figure's pixels. */
export interface Part {
  readonly d: string
  /** Width in px of a part drawn as a tube along `d`; undefined: `d` is an area. */
  readonly tube?: number
  /** Mirrored to the patient's left. */
  readonly paired?: true
}

export interface OrganShape {
  readonly organ: string
  readonly parts: readonly Part[]
  /** Where the label's line ends. */
  readonly anchor: readonly [number, number]
}

const area = (points: string): Part => ({ d: smoothPath(points, true) })
const areas = (points: string): Part => ({ d: smoothPath(points, true), paired: true })
const tube = (width: number, points: string): Part => ({
  d: smoothPath(points, false),
  tube: width,
})
const tubes = (width: number, points: string): Part => ({ ...tube(width, points), paired: true })

/** Vertebrae between two heights in px, wider towards the bottom. */
const vertebrae = Array.from({ length: 24 }, (_, i) => {
  const half = 6 + i * 0.22
  const y = 100 + i * 11
  return `M${140 - half} ${y}h${2 * half}v8.5h${-2 * half}z`
}).join('')

const ribs = Array.from({ length: 10 }, (_, i): Part => {
  const y = 146 + i * 12.5
  const side = [98, 88, 82, 79, 77, 76, 77, 79, 81, 83][i] ?? 80
  return tubes(4.5, `133,${y} ${(133 + side) / 2},${y} ${side + 5},${y + 9} ${side},${y + 21}`)
})

/** Folds of one half of the brain, as lines. */
const SULCI =
  'M134 23C130 26 135 30 130 33M126 21C122 27 128 30 122 36M117 30C122 38 115 41 120 47M134 36C128 40 134 44 129 50M124 41C128 45 121 48 125 53'

/**
 * All organs, back to front. Schematic drawings made for this page; the viewer's left is the patient's right.
 */
export const ORGAN_SHAPES: readonly OrganShape[] = [
  { organ: 'Skin', parts: [{ d: BODY_OUTLINE, tube: 5 }], anchor: [217, 492] },
  {
    organ: 'Scapula',
    parts: [areas('60,146 76,143 98,150 101,158 94,184 88,202 83,200 74,176 64,160')],
    anchor: [72, 158],
  },
  { organ: 'Rib', parts: ribs, anchor: [202, 231] },
  {
    organ: 'Humerus',
    parts: [
      areas(
        '47,154 54,149 61,154 58,166 54,196 50,232 53,246 49,254 42,255 38,249 42,234 45,200 46,170',
      ),
    ],
    anchor: [49, 192],
  },
  {
    organ: 'Vertebrae',
    parts: [{ d: vertebrae }, area('127,366 140,364 153,366 149,384 140,402 131,384')],
    anchor: [132, 117],
  },
  {
    organ: 'Hip',
    parts: [
      areas(
        '76,360 86,358 98,368 112,384 126,392 124,402 116,410 122,420 136,426 136,438 126,442 116,436 112,424 100,426 88,414 78,396 73,376',
      ),
    ],
    anchor: [115, 431],
  },
  {
    organ: 'Femur',
    parts: [
      areas(
        '96,409 105,412 106,420 99,428 92,436 92,456 96,510 98,575 86,575 84,510 79,456 73,436 74,422 82,417 90,416',
      ),
    ],
    anchor: [88, 480],
  },
  {
    organ: 'Lung',
    parts: [
      areas(
        '124,146 114,148 103,164 94,190 88,220 88,244 94,247 110,240 126,236 130,220 131,190 130,160',
      ),
      { d: 'M92 198Q110 214 130 217', paired: true },
    ],
    anchor: [104, 196],
  },
  {
    organ: 'Aorta',
    parts: [
      tube(9, '141,206 139,186 146,174 156,180 157,206 152,244 145,284 141,320 141,350'),
      tubes(6, '141,350 134,362 124,378'),
    ],
    anchor: [155, 181],
  },
  {
    organ: 'Esophagus',
    parts: [tube(6, '146,108 147,150 144,180 143,212 148,238 158,256 162,262')],
    anchor: [152, 246],
  },
  {
    organ: 'Trachea',
    parts: [tube(8, '140,108 140,138 139,164'), tubes(5.5, '140,163 133,170 126,180')],
    anchor: [141, 148],
  },
  {
    organ: 'Heart',
    parts: [area('134,194 146,189 160,198 171,216 173,234 164,241 148,238 134,230 128,212')],
    anchor: [158, 216],
  },
  {
    organ: 'Kidney',
    parts: [areas('106,304 115,304 120,314 116,324 119,336 113,345 103,342 97,328 98,312')],
    anchor: [103, 326],
  },
  {
    organ: 'Spleen',
    parts: [area('188,252 196,257 200,270 196,284 189,286 184,272')],
    anchor: [195, 268],
  },
  {
    organ: 'Pancreas',
    parts: [
      area('117,322 123,310 138,308 158,304 178,292 186,294 180,304 160,316 138,321 126,332'),
    ],
    anchor: [170, 306],
  },
  {
    organ: 'Liver',
    parts: [
      area('90,256 100,246 122,241 144,246 164,254 160,264 144,272 126,284 108,302 94,304 86,284'),
    ],
    anchor: [104, 268],
  },
  {
    organ: 'Gallbladder',
    parts: [area('115,288 121,287 123,296 119,309 113,311 109,304 111,295')],
    anchor: [115, 302],
  },
  {
    organ: 'Stomach',
    parts: [
      area(
        '160,256 170,248 182,252 188,266 185,284 172,299 154,305 138,302 136,293 150,291 161,281 163,268',
      ),
    ],
    anchor: [177, 276],
  },
  {
    organ: 'Intestine',
    parts: [
      tube(
        13,
        '106,400 95,402 90,388 91,366 94,350 106,346 124,353 142,355 160,351 178,342 188,348 190,370 188,394 178,406 164,404 152,408',
      ),
      tube(
        8.5,
        '104,366 120,367 140,370 160,367 174,366 176,374 160,377 140,380 120,377 106,377 105,385 120,387 140,390 160,387 172,386 174,393 160,397 140,399 120,397',
      ),
    ],
    anchor: [92, 372],
  },
  {
    organ: 'Uterus',
    parts: [
      tubes(4, '130,405 121,402 115,407'),
      area('128,404 134,401 146,401 152,404 148,412 143,421 137,421 132,412'),
    ],
    anchor: [148, 406],
  },
  {
    organ: 'Bladder',
    parts: [area('127,425 134,420 146,420 153,425 150,435 140,439 130,435')],
    anchor: [132, 429],
  },
  {
    organ: 'Prostate gland',
    parts: [area('132,443 140,440 148,443 147,450 140,453 133,450')],
    anchor: [145, 446],
  },
  {
    organ: 'Testicle',
    parts: [areas('128,462 133,456 138,461 138,469 133,474 128,470')],
    anchor: [148, 466],
  },
  {
    organ: 'Breast',
    parts: [tubes(5, '76,206 77,222 88,233 104,231 114,220')],
    anchor: [82, 229],
  },
  {
    organ: 'Clavicula',
    parts: [tubes(6, '133,140 116,136 98,137 82,134 68,138')],
    anchor: [192, 135],
  },
  {
    organ: 'Face',
    parts: [
      area('113,60 126,57 154,57 167,60 168,74 161,88 150,97 130,97 119,88 112,74'),
      area('140,67 143,78 146,84 140,86 134,84 137,78'),
    ],
    anchor: [151, 78],
  },
  {
    organ: 'Brain',
    parts: [
      area('140,17 126,18 115,28 112,42 116,53 128,57 140,55 152,57 164,53 168,42 165,28 154,18'),
      { d: 'M140 18V54' },
      { d: SULCI, paired: true },
    ],
    anchor: [126, 38],
  },
  { organ: 'Eye', parts: [areas('118,67 125,62 133,67 125,71')], anchor: [122, 67] },
  {
    organ: 'Mandible',
    parts: [
      area(
        '110,73 116,74 118,84 124,91 140,92 156,91 162,84 164,74 170,73 169,86 161,98 149,105 131,105 119,98 111,86',
      ),
    ],
    anchor: [153, 98],
  },
  {
    organ: 'Parotid gland',
    parts: [areas('107,74 113,73 116,80 114,89 110,91 107,83')],
    anchor: [111, 82],
  },
  { organ: 'Ear', parts: [areas('108,56 102,54 99,62 102,71 107,74')], anchor: [178, 62] },
]
