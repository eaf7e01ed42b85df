import { bodyOf } from './body'
import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'
import { type Tissue, tissueOf } from './tissue'

const VALUE: Readonly<Record<Tissue, number>> = {
  air: 22,
  bone: 225,
  vessel: 168,
  fluid: 104,
  lesion: 96,
  soft: 132,
}

/** A slice through a body: air outside, a rim of fat, muscle, a spine, then the organs. */
export function paintCt(canvas: Canvas, scene: Scene): void {
  const body = bodyOf(scene)
  paintEllipse(canvas, { ...body, soft: 0.02 }, [88])
  paintEllipse(canvas, { ...body, rx: body.rx * 0.93, ry: body.ry * 0.92 }, [118])
  // Slices along x are axial in the release (data/axes.json).
  if (scene.row.axis === 'x') {
    const spine = {
      cx: body.cx,
      cy: body.cy + body.ry * 0.62,
      rx: body.rx * 0.13,
      ry: body.ry * 0.2,
    }
    paintEllipse(canvas, spine, [206])
    paintEllipse(canvas, { ...spine, rx: spine.rx * 0.6, ry: spine.ry * 0.55 }, [160])
  }
  paintMasks(canvas, scene, mask => [VALUE[tissueOf(mask)] + ofLabel(mask, -14, 14)])
  addNoise(canvas, noise(canvas.width, canvas.height, 9, scene.caseSeed), 6)
  addNoise(canvas, noise(canvas.width, canvas.height, 2, scene.seed), 8)
}
