import type { OverlapRule } from './overlap-rule'

/** A mask to draw into the label map of an image. */
export interface Layer {
  readonly path: string
  readonly label: string
  /** Value of the mask's pixels in the map, 1 to 255. */
  readonly value: number
  /** width × height bytes; non-zero where the mask is set. */
  readonly inside: Uint8Array
}

/** How many pixels of a label are in the map. */
export interface LabelPixels {
  readonly label: string
  readonly masks: number
  /** Pixels that masks of the label cover. */
  readonly covered: number
  /** Covered pixels that have another label in the map. */
  readonly lost: number
}

export interface LabelMap {
  /** width × height values, row by row; 0 is background. */
  readonly map: Uint8Array
  /** Ordered by value. Includes labels that lost no pixel. */
  readonly labels: readonly LabelPixels[]
}

/** Two masks of different labels that cover the same pixel. */
export interface Conflict {
  readonly below: string
  readonly above: string
  readonly pixels: number
}

/**
 * Draw masks into a single label map. Masks of the same label never take pixels from each other.
 *
 * @param pixels width × height of the image and of every mask.
 * @returns The map, or the first conflict if the rule refuses overlaps.
 */
export function composeLabels(
  layers: readonly Layer[],
  pixels: number,
  rule: OverlapRule,
): LabelMap | Conflict {
  const map = new Uint8Array(pixels)
  /** Index from 1 of the layer that drew each pixel; 0 for none. */
  const drawn = rule.kind === 'refuse' ? new Uint16Array(pixels) : null
  const sorted = inOrder(layers, rule)
  for (const [nth, { inside, value, path }] of sorted.entries()) {
    let below = 0
    let conflicts = 0
    for (let i = 0; i < pixels; i++) {
      if (inside[i] === 0) continue
      if (drawn && map[i] !== 0 && map[i] !== value) {
        conflicts++
        below ||= drawn[i] ?? 0
      }
      map[i] = value
      if (drawn) drawn[i] = nth + 1
    }
    if (conflicts > 0)
      return { below: sorted[below - 1]?.path ?? '', above: path, pixels: conflicts }
  }
  const values = [...new Set(layers.map(({ value }) => value))].sort((a, b) => a - b)
  return { map, labels: values.map(value => pixelsOf(value, layers, map)) }
}

/** Layers from bottom to top. */
function inOrder(layers: readonly Layer[], rule: OverlapRule): Layer[] {
  const byPath = (a: Layer, b: Layer) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
  if (rule.kind === 'order')
    return [...layers].sort(
      (a, b) => rule.labels.indexOf(a.label) - rule.labels.indexOf(b.label) || byPath(a, b),
    )
  if (rule.kind === 'refuse') return [...layers].sort(byPath)
  const areas = new Map(layers.map(layer => [layer, areaOf(layer.inside)]))
  const area = (layer: Layer) => areas.get(layer) ?? 0
  return [...layers].sort((a, b) => area(b) - area(a) || byPath(a, b))
}

/** Number of set pixels. */
export function areaOf(inside: Uint8Array): number {
  let area = 0
  for (const pixel of inside) if (pixel !== 0) area++
  return area
}

function pixelsOf(value: number, layers: readonly Layer[], map: Uint8Array): LabelPixels {
  const own = layers.filter(layer => layer.value === value)
  let covered = 0
  let lost = 0
  for (let i = 0; i < map.length; i++) {
    if (!own.some(({ inside }) => inside[i] !== 0)) continue
    covered++
    if (map[i] !== value) lost++
  }
  return { label: own[0]?.label ?? '', masks: own.length, covered, lost }
}
