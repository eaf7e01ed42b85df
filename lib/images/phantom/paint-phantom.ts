import { ADVANCE, drawText } from '../bitmap-font'
import type { RawPicture } from '../placeholder'
import { type Canvas, createCanvas, dab, type Paint } from './canvas'
import { paintCt } from './ct'
import { paintDermoscopy } from './dermoscopy'
import { paintEndoscopy } from './endoscopy'
import { paintFundus } from './fundus'
import { paintHistopathology } from './histopathology'
import { paintMicroscopy } from './microscopy'
import { paintMr } from './mr'
import { paintPet } from './pet'
import type { Scene } from './scene'
import { paintUltrasound } from './ultrasound'
import { paintXRay } from './x-ray'

interface Painter {
  /** Background: one value for grey pictures, three for coloured ones. */
  readonly ground: Paint
  readonly paint: (canvas: Canvas, scene: Scene) => void
}

const CT: Painter = { ground: [6], paint: paintCt }

/** By modality, as in the manifest. */
const PAINTERS: Readonly<Record<string, Painter>> = {
  CT,
  MR: { ground: [4], paint: paintMr },
  PET: { ground: [2], paint: paintPet },
  Ultrasound: { ground: [0], paint: paintUltrasound },
  'X-ray': { ground: [18], paint: paintXRay },
  'Fundus photography': { ground: [2, 1, 1], paint: paintFundus },
  Dermoscopy: { ground: [222, 172, 148], paint: paintDermoscopy },
  Endoscopy: { ground: [206, 96, 78], paint: paintEndoscopy },
  Histopathology: { ground: [232, 186, 212], paint: paintHistopathology },
  Microscopy: { ground: [24], paint: paintMicroscopy },
}

/** The longer side of the painting, px; it is enlarged to the size of the picture. */
const LONGER_SIDE = 256
const WORD = 'SIMULATED'
/** Width of the word SIMULATED as a share of the picture's width; legible on thumbnails. */
const WORD_SHARE = 0.5

/**
 * Paint a row: a plausible picture of its modality that contains the shapes of its masks, marked as simulated.
 * The same row always gives the same pixels.
 */
export function paintPhantom(scene: Scene): RawPicture {
  const scale = Math.min(1, LONGER_SIDE / Math.max(scene.width, scene.height))
  const width = Math.max(1, Math.round(scene.width * scale))
  const height = Math.max(1, Math.round(scene.height * scale))
  const { ground, paint } = PAINTERS[scene.row.modality] ?? CT
  const channels = ground.length === 3 ? 3 : 1
  const canvas = createCanvas(width, height, channels, ground)
  paint(canvas, scene)
  mark(canvas)
  return { width, height, channels, data: Uint8Array.from(Uint8ClampedArray.from(canvas.data)) }
}

/** The word at the lower edge, light with a dark shadow, so that it is visible on any background. */
function mark(canvas: Canvas): void {
  const { width, height } = canvas
  const scale = Math.max(1, Math.floor((WORD_SHARE * width) / (WORD.length * ADVANCE)))
  const x = Math.floor((width - WORD.length * ADVANCE * scale) / 2)
  const y = height - 9 * scale
  const write = (shift: number, value: number, alpha: number) =>
    drawText(WORD, { x: x + shift, y: y + shift, scale }, (i, j) =>
      dab(canvas, i, j, [value, value, value], alpha),
    )
  write(scale, 0, 0.55)
  write(0, 255, 0.75)
}
