import { sequence } from '../hash'
import { addNoise, type Canvas, dab, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'
import { tissueOf } from './tissue'

const RIBS = 9

/** A projection: everything adds up, lungs let more through, ribs less. */
export function paintXRay(canvas: Canvas, scene: Scene): void {
  const random = sequence(scene.caseSeed)
  paintEllipse(canvas, { cx: 0.5, cy: 0.62, rx: 0.62, ry: 0.72, soft: 0.3 }, [176])
  paintEllipse(canvas, { cx: 0.5, cy: 0.55, rx: 0.07, ry: 0.6, soft: 0.5, alpha: 0.6 }, [226])
  for (const side of [-1, 1]) {
    const lung = { cx: 0.5 + side * 0.2, cy: 0.46 + 0.02 * random(), rx: 0.15, ry: 0.28 }
    paintEllipse(canvas, { ...lung, soft: 0.25, alpha: 0.75 }, [58])
  }
  paintRibs(canvas)
  paintMasks(canvas, scene, mask => [tissueOf(mask) === 'air' ? 62 : ofLabel(mask, 150, 214)], 0.32)
  addNoise(canvas, noise(canvas.width, canvas.height, 30, scene.caseSeed), 0.08, true)
  addNoise(canvas, noise(canvas.width, canvas.height, 2, scene.seed), 5)
}

/** Pairs of arcs that fall off to both sides of the spine. */
function paintRibs(canvas: Canvas): void {
  const { width, height } = canvas
  const thickness = Math.max(1, Math.round(height * 0.012))
  for (let rib = 0; rib < RIBS; rib++)
    for (let x = Math.floor(0.16 * width); x < 0.84 * width; x++) {
      const dx = Math.abs(x / width - 0.5)
      const y = Math.round(height * (0.17 + rib * 0.066 + 0.55 * dx * dx + 0.16 * dx))
      for (let j = 0; j < thickness; j++) dab(canvas, x, y + j, [216], 0.22)
    }
}
