import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { paintMasks, type Scene } from './scene'

/** The inside of a gut: a dark passage in the middle, folds, wet highlights, and dark corners. */
export function paintEndoscopy(canvas: Canvas, scene: Scene): void {
  const { width, height, data } = canvas
  const [cx, cy] = [0.38 + (scene.caseSeed % 25) / 100, 0.4 + (scene.caseSeed % 19) / 100]
  const folds = noise(width, height, 40, scene.caseSeed)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const distance = Math.hypot(x / width - cx, y / height - cy)
      const ring = Math.sin(34 * distance + 4 * (folds[at] as number))
      const light = Math.min(1, 0.18 + 1.5 * distance) * (1 + 0.1 * ring)
      for (let c = 0; c < 3; c++) data[3 * at + c] = (data[3 * at + c] as number) * light
    }
  paintMasks(canvas, scene, () => [226, 128, 110], 0.7)
  for (const { spans } of scene.masks) {
    const { x0, y0, x1, y1 } = spans.box
    const spot = {
      cx: (0.6 * x0 + 0.4 * x1) / scene.width,
      cy: (0.65 * y0 + 0.35 * y1) / scene.height,
    }
    const rx = (0.06 * (x1 - x0)) / scene.width
    paintEllipse(
      canvas,
      { ...spot, rx, ry: (0.05 * (y1 - y0)) / scene.height, soft: 0.8 },
      [255, 244, 236],
    )
  }
  addNoise(canvas, noise(width, height, 5, scene.seed), 0.06, true)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const [dx, dy] = [Math.abs(x / width - 0.5), Math.abs(y / height - 0.5)]
      if (dx + dy > 0.88) data.fill(0, 3 * at, 3 * at + 3)
    }
}
