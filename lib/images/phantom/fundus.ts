import { sequence } from '../hash'
import { addNoise, type Canvas, dab, noise, paintEllipse } from './canvas'
import { paintMasks, type Scene } from './scene'

const VESSELS = 8

/** The orange disc of a retina with its vessels; the optic disc is where its mask is. */
export function paintFundus(canvas: Canvas, scene: Scene): void {
  const { width, height } = canvas
  const radius = 0.48 * Math.min(width, height)
  const disc = { cx: 0.5, cy: 0.5, rx: radius / width, ry: radius / height }
  paintEllipse(canvas, { ...disc, soft: 0.02 }, [150, 58, 22])
  paintEllipse(canvas, { ...disc, soft: 0.9, alpha: 0.8 }, [206, 98, 42])
  addNoise(canvas, noise(width, height, 24, scene.caseSeed), 0.12, true)
  const head = opticDisc(scene)
  paintVessels(canvas, scene, head, radius)
  if (!scene.masks.some(({ mask }) => isDisc(mask.label)))
    paintEllipse(
      canvas,
      { ...head, rx: disc.rx * 0.14, ry: disc.ry * 0.15, soft: 0.3 },
      [246, 206, 130],
    )
  paintMasks(
    canvas,
    scene,
    ({ label, isLesion }) =>
      /cup/i.test(label)
        ? [255, 236, 186]
        : isDisc(label)
          ? [244, 200, 122]
          : isLesion
            ? [232, 196, 84]
            : [122, 34, 18],
    0.7,
  )
  addNoise(canvas, noise(width, height, 3, scene.seed), 0.05, true)
}

const isDisc = (label: string) => /disc|cup/i.test(label)

function opticDisc({ masks, width, height, caseSeed }: Scene): { cx: number; cy: number } {
  const found = masks.find(({ mask }) => isDisc(mask.label))
  if (!found) return { cx: caseSeed % 2 === 0 ? 0.32 : 0.68, cy: 0.48 }
  const { x0, y0, x1, y1 } = found.spans.box
  return { cx: (x0 + x1) / 2 / width, cy: (y0 + y1) / 2 / height }
}

/** Curves that leave the optic disc and thin out. */
function paintVessels(
  canvas: Canvas,
  { caseSeed }: Scene,
  { cx, cy }: { cx: number; cy: number },
  radius: number,
): void {
  const random = sequence(caseSeed)
  for (let i = 0; i < VESSELS; i++) {
    let angle = ((i + random()) * 2 * Math.PI) / VESSELS
    let [x, y] = [cx * canvas.width, cy * canvas.height]
    for (let step = 0; step < radius * 1.2; step++) {
      angle += 0.09 * (random() - 0.5)
      x += Math.cos(angle)
      y += Math.sin(angle)
      if (Math.hypot(x - canvas.width / 2, y - canvas.height / 2) > radius) break
      const thick = Math.max(0, Math.round(2.4 * (1 - step / radius)))
      for (let j = -thick; j <= thick; j++)
        for (let k = -thick; k <= thick; k++)
          if (j * j + k * k <= thick * thick)
            dab(canvas, Math.round(x) + k, Math.round(y) + j, [104, 22, 14], 0.3)
    }
  }
}
