import { bodyOf } from './body'
import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'

/** A faint body with hot spots that glow beyond their masks. */
export function paintPet(canvas: Canvas, scene: Scene): void {
  paintEllipse(canvas, { ...bodyOf(scene), soft: 0.4 }, [46])
  addNoise(canvas, noise(canvas.width, canvas.height, 22, scene.caseSeed), 0.5, true)
  for (const { spans } of scene.masks) {
    const { x0, y0, x1, y1 } = spans.box
    const cx = (x0 + x1) / 2 / scene.width
    const cy = (y0 + y1) / 2 / scene.height
    const rx = (x1 - x0) / scene.width
    const ry = (y1 - y0) / scene.height
    paintEllipse(canvas, { cx, cy, rx, ry, soft: 1, alpha: 0.7 }, [190])
  }
  paintMasks(canvas, scene, mask => [ofLabel(mask, 200, 250)], 0.75)
  addNoise(canvas, noise(canvas.width, canvas.height, 5, scene.seed), 8)
}
