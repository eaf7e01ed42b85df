import { addNoise, type Canvas, noise } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'

/** Tangent of half the angle of the fan. */
const SPREAD = 0.75
/** Height of the fan's tip as a share of the picture; it lies above the picture. */
const TIP = -0.12
/** Distances from the tip at which the fan begins and ends, as shares of the picture. */
const NEAR = 0.17
const FAR = 1.08

/** A fan of speckle that darkens with depth; masks are darker, as fluid and nerves are. */
export function paintUltrasound(canvas: Canvas, scene: Scene): void {
  const { width, height, data } = canvas
  data.fill(104)
  addNoise(canvas, noise(width, height, 26, scene.caseSeed), 0.45, true)
  paintMasks(canvas, scene, mask => [ofLabel(mask, 30, 62)], 0.8)
  addNoise(canvas, noise(width, height, 3, scene.seed), 0.55, true)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const dx = (x + 0.5) / width - 0.5
      const dy = (y + 0.5) / height - TIP
      const depth = Math.hypot(dx, dy)
      const inFan = Math.abs(dx) < SPREAD * dy && depth > NEAR && depth < FAR
      data[at] = inFan ? (data[at] as number) * (1.35 - 0.8 * depth) : 0
    }
}
