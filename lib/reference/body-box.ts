import type { LabelMeaning } from '../taxonomy/classify-label'
import { Random, seedOf } from './random'

/**
 * The box of a label: centre and half width along right–left, front–back and feet–head, as shares of a standing body's
 * bounding box.
 */
export interface BodyBox {
  readonly centre: readonly [number, number, number]
  readonly half: readonly [number, number, number]
}

type Extent = readonly [x0: number, x1: number, y0: number, y1: number, z0: number, z1: number]

const ORGANS: Record<string, Extent> = {
  Eye: [0.36, 0.64, 0.12, 0.25, 0.9, 0.93],
  Face: [0.32, 0.68, 0.08, 0.35, 0.82, 0.95],
  'Parotid gland': [0.3, 0.7, 0.4, 0.55, 0.85, 0.9],
  Mandible: [0.34, 0.66, 0.15, 0.5, 0.82, 0.87],
  Vertebrae: [0.43, 0.57, 0.55, 0.85, 0.2, 0.87],
  Brain: [0.32, 0.68, 0.15, 0.85, 0.88, 0.99],
  Ear: [0.33, 0.67, 0.45, 0.6, 0.89, 0.92],
  Trachea: [0.46, 0.54, 0.4, 0.55, 0.68, 0.8],
  Scapula: [0.15, 0.85, 0.65, 0.85, 0.66, 0.78],
  Humerus: [0.04, 0.96, 0.4, 0.65, 0.58, 0.78],
  Lung: [0.18, 0.82, 0.2, 0.8, 0.54, 0.78],
  Breast: [0.15, 0.85, 0.05, 0.25, 0.58, 0.7],
  Clavicula: [0.2, 0.8, 0.25, 0.45, 0.74, 0.79],
  Rib: [0.15, 0.85, 0.15, 0.85, 0.46, 0.79],
  Aorta: [0.46, 0.58, 0.4, 0.7, 0.34, 0.74],
  Heart: [0.38, 0.7, 0.2, 0.55, 0.55, 0.68],
  Liver: [0.18, 0.6, 0.15, 0.7, 0.44, 0.58],
  Gallbladder: [0.35, 0.45, 0.25, 0.4, 0.43, 0.48],
  Kidney: [0.25, 0.75, 0.55, 0.78, 0.38, 0.49],
  Pancreas: [0.38, 0.66, 0.35, 0.55, 0.42, 0.48],
  Bladder: [0.4, 0.6, 0.25, 0.5, 0.1, 0.17],
  Esophagus: [0.47, 0.55, 0.5, 0.65, 0.5, 0.8],
  Spleen: [0.66, 0.84, 0.5, 0.75, 0.46, 0.55],
  Stomach: [0.5, 0.75, 0.2, 0.5, 0.43, 0.54],
  Intestine: [0.25, 0.75, 0.15, 0.55, 0.14, 0.44],
  Hip: [0.2, 0.8, 0.3, 0.85, 0.08, 0.28],
  'Prostate gland': [0.43, 0.57, 0.4, 0.55, 0.07, 0.11],
  Uterus: [0.4, 0.6, 0.35, 0.55, 0.12, 0.18],
  Testicle: [0.42, 0.58, 0.2, 0.4, 0, 0.05],
  Femur: [0.2, 0.8, 0.35, 0.65, 0, 0.14],
}

const REGIONS: Record<string, Extent> = {
  'Head and Neck': [0.32, 0.68, 0.1, 0.85, 0.8, 0.99],
  Thorax: [0.2, 0.8, 0.15, 0.85, 0.5, 0.79],
  Abdomen: [0.2, 0.8, 0.15, 0.8, 0.25, 0.55],
  Pelvic: [0.22, 0.78, 0.2, 0.8, 0, 0.25],
}

const BODY: Extent = [0.02, 0.98, 0.02, 0.98, 0, 1]

/** Number of vertebrae above the first one of each kind, for a spine with thirteen thoracic vertebrae. */
const SPINE_LETTERS = { C: 0, T: 7, L: 20 } as const
const SPINE_LENGTH = 26
const RIBS = 12

/** Part `i` of `count` of an extent along z, from the top; neighbours overlap a little. */
function nth(extent: Extent, i: number, count: number, overlap: number): Extent {
  const [x0, x1, y0, y1, z0, z1] = extent
  const step = (z1 - z0) / count
  const top = z1 - i * step
  return [x0, x1, y0, y1, top - step * (1 + overlap), top + step * overlap]
}

/**
 * The box in which a label is drawn: a rough atlas, in which organs have plausible neighbours and sides.
 *
 * @param structures The dataset's, which place a label without organ and region.
 */
export function bodyBox(
  label: string,
  meaning: LabelMeaning,
  structures: readonly string[],
): BodyBox {
  const place =
    ORGANS[meaning.organ ?? ''] ??
    REGIONS[meaning.region ?? ''] ??
    REGIONS[structures.find(structure => structure in REGIONS) ?? ''] ??
    BODY
  const vertebra = /^vertebrae_([CTL])(\d+)$/.exec(label)
  const rib = /^rib_(?:left|right)_(\d+)$/.exec(label)
  let extent = place
  if (vertebra) {
    const letter = vertebra[1] as keyof typeof SPINE_LETTERS
    extent = nth(place, SPINE_LETTERS[letter] + Number(vertebra[2]) - 1, SPINE_LENGTH, 0.3)
  } else if (rib) {
    extent = nth(place, Number(rib[1]) - 1, RIBS, 0.8)
  } else if (isPart(label, meaning)) {
    extent = partOf(place, label)
  }
  let [x0, x1] = extent
  if (meaning.side === 'right') x1 = Math.max(x0 + 0.02, Math.min(x1, 0.49))
  if (meaning.side === 'left') x0 = Math.min(x1 - 0.02, Math.max(x0, 0.51))
  const [, , y0, y1, z0, z1] = extent
  return {
    centre: [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2],
    half: [(x1 - x0) / 2, (y1 - y0) / 2, (z1 - z0) / 2],
  }
}

/** Whether a label is a part of its organ: "hippocampus" is a part of the brain, "liver" is the organ. */
function isPart(label: string, { organ }: LabelMeaning): boolean {
  const name = label.replace(/_(left|right)$/, '').toLowerCase()
  return organ === null || !organ.toLowerCase().startsWith(name.slice(0, 6))
}

/** The place of a part in its organ or region: arbitrary, but always the same for a label. */
function partOf([x0, x1, y0, y1, z0, z1]: Extent, label: string): Extent {
  const random = new Random(seedOf(label.replace(/_(left|right)$/, '')))
  const within = (lo: number, hi: number): [number, number] => {
    const length = (hi - lo) * random.between(0.35, 0.8)
    const start = lo + (hi - lo - length) * random.next()
    return [start, start + length]
  }
  // Left and right parts must mirror each other, so each half is narrowed symmetrically.
  const narrowing = (x1 - x0) * random.between(0.03, 0.2)
  return [x0 + narrowing, x1 - narrowing, ...within(y0, y1), ...within(z0, z1)]
}
