import { sequence } from '../hash'
import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'

const NUCLEI = 420

/** Pink tissue with violet nuclei; masks are denser. */
export function paintHistopathology(canvas: Canvas, scene: Scene): void {
  const { width, height } = canvas
  addNoise(canvas, noise(width, height, 36, scene.caseSeed), 0.12, true)
  paintMasks(
    canvas,
    scene,
    mask => [178, 112, 178].map(value => value + ofLabel(mask, -20, 20)),
    0.55,
  )
  const random = sequence(scene.seed)
  for (let i = 0; i < NUCLEI; i++) {
    const radius = 0.006 + 0.007 * random()
    const [cx, cy, tall] = [random(), random(), 0.6 + 0.8 * random()]
    const ry = (radius * tall * width) / height
    paintEllipse(canvas, { cx, cy, rx: radius, ry, soft: 0.4, alpha: 0.85 }, [92, 54, 132])
  }
  addNoise(canvas, noise(width, height, 3, scene.seed), 0.05, true)
}
