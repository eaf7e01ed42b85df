import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'

/** Cells that glow on a dark ground. */
export function paintMicroscopy(canvas: Canvas, scene: Scene): void {
  const { width, height } = canvas
  addNoise(canvas, noise(width, height, 50, scene.caseSeed), 8)
  paintMasks(canvas, scene, mask => [ofLabel(mask, 120, 176)], 0.9)
  for (const { spans } of scene.masks) {
    const { x0, y0, x1, y1 } = spans.box
    const cx = (x0 + x1) / 2 / scene.width
    const cy = (y0 + y1) / 2 / scene.height
    const rx = (0.22 * (x1 - x0)) / scene.width
    const ry = (0.22 * (y1 - y0)) / scene.height
    paintEllipse(canvas, { cx, cy, rx, ry, soft: 0.5 }, [226])
  }
  addNoise(canvas, noise(width, height, 7, scene.caseSeed + 1), 0.18, true)
  addNoise(canvas, noise(width, height, 2, scene.seed), 6)
}
