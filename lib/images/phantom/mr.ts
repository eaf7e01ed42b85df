import { hashOf } from '../hash'
import { bodyOf } from './body'
import { addNoise, type Canvas, noise, paintEllipse } from './canvas'
import { ofLabel, paintMasks, type Scene } from './scene'
import { type Tissue, tissueOf } from './tissue'

/** By weighting: T1 shows fluid dark, T2 bright, FLAIR lesions bright. */
const VALUES: Readonly<Record<'t1' | 't2' | 'flair', Readonly<Record<Tissue, number>>>> = {
  t1: { air: 8, bone: 150, vessel: 60, fluid: 40, lesion: 84, soft: 132 },
  t2: { air: 8, bone: 90, vessel: 50, fluid: 232, lesion: 192, soft: 108 },
  flair: { air: 8, bone: 80, vessel: 60, fluid: 30, lesion: 222, soft: 118 },
}

/** A slice with a bright rim, soft shading of the coil, and contrast by the sub-modality. */
export function paintMr(canvas: Canvas, scene: Scene): void {
  const { submodality } = scene.row
  const weighting = /flair/.test(submodality)
    ? 'flair'
    : /t2|adc|dwi/.test(submodality)
      ? 't2'
      : 't1'
  const body = bodyOf(scene)
  paintEllipse(canvas, { ...body, soft: 0.03 }, [172])
  paintEllipse(canvas, { ...body, rx: body.rx * 0.94, ry: body.ry * 0.94, soft: 0.02 }, [26])
  paintEllipse(canvas, { ...body, rx: body.rx * 0.9, ry: body.ry * 0.9 }, [112])
  addNoise(canvas, noise(canvas.width, canvas.height, 14, scene.caseSeed), 0.22, true)
  paintMasks(canvas, scene, mask => [VALUES[weighting][tissueOf(mask)] + ofLabel(mask, -18, 18)])
  addNoise(canvas, noise(canvas.width, canvas.height, 120, hashOf(submodality)), 0.2, true)
  addNoise(canvas, noise(canvas.width, canvas.height, 2, scene.seed), 9)
}
