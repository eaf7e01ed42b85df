import { sequence } from '../hash'
import { addNoise, type Canvas, dab, noise } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'

const HAIRS = 7

/** Skin with a few hairs; masks are pigmented. */
export function paintDermoscopy(canvas: Canvas, scene: Scene): void {
  const { width, height } = canvas
  addNoise(canvas, noise(width, height, 60, scene.caseSeed), 0.09, true)
  paintMasks(
    canvas,
    scene,
    mask => [118, 72, 48].map(value => value + ofLabel(mask, -22, 22)),
    0.85,
  )
  addNoise(canvas, noise(width, height, 12, scene.caseSeed + 1), 0.16, true)
  addNoise(canvas, noise(width, height, 3, scene.seed), 7)
  const random = sequence(scene.seed)
  for (let i = 0; i < HAIRS; i++) {
    let [x, y, angle] = [random() * width, random() * height, random() * 2 * Math.PI]
    for (let step = 0; step < 0.5 * width; step++) {
      angle += 0.05 * (random() - 0.5)
      x += Math.cos(angle)
      y += Math.sin(angle)
      dab(canvas, Math.round(x), Math.round(y), [58, 40, 34], 0.7)
    }
  }
}
