import type { View } from 'vega'
import type { MarkRow } from './mark-rows'
import type { SpecParts } from './read-spec'

/** A rectangle in px from the top left corner of a drawing. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface BandScale {
  (value: unknown): number | undefined
  bandwidth(): number
  step(): number
  domain(): string[]
}

/** Distance in px from a point to the edges of its box. */
const AROUND = 8

type Scale = ((value: unknown) => number | undefined) & Partial<BandScale>

const scaleOf = (view: View, name: 'x' | 'y'): Scale | null => {
  try {
    return view.scale(name) as Scale
  } catch {
    // Vega throws if the chart has no such scale.
    return null
  }
}

/** The scale of a view's axis, if it is a band scale; else null. */
export function bandsOf(view: View, axis: 'x' | 'y'): BandScale | null {
  const scale = scaleOf(view, axis)
  return scale?.bandwidth?.() ? (scale as BandScale) : null
}

/** The box of neighbouring bands of a view's x axis, over the full height. */
export function boxOfBands(
  view: View,
  { first, last }: { first: number; last: number },
): Box | null {
  const bands = bandsOf(view, 'x')
  const domain = bands?.domain() ?? []
  const [from, to] = [bands?.(domain[first]), bands?.(domain[last])]
  if (!bands || from === undefined || to === undefined) return null
  const [left, top] = view.origin()
  return { left: left + from, top, width: to - from + bands.bandwidth(), height: view.height() }
}

/** Number of columns of a drawing whose rows are cells of a grid, row by row; null for other drawings. */
export function gridColumns(view: View): number | null {
  const [x, y] = [bandsOf(view, 'x'), bandsOf(view, 'y')]
  return x && y ? x.domain().length : null
}

/**
 * The box of a row: a bar with its name, a cell, or a square around a point.
 *
 * @param room Width of the drawing in px.
 */
export function boxOf(view: View, { x, y }: SpecParts, row: MarkRow, room: number): Box | null {
  const [isBar, isColumn] = [bandsOf(view, 'y') !== null, bandsOf(view, 'x') !== null]
  const [left, top] = view.origin()
  const across = isBar && !isColumn ? null : along(view, 'x', x && row[x], left)
  const down = isColumn && !isBar ? null : along(view, 'y', y && row[y], top)
  if (across === undefined || down === undefined) return null
  return {
    left: across?.from ?? 0,
    width: across?.size ?? room,
    top: down?.from ?? top,
    height: down?.size ?? view.height(),
  }
}

function along(view: View, axis: 'x' | 'y', value: unknown, origin: number) {
  const at = scaleOf(view, axis)?.(value)
  if (at === undefined || !Number.isFinite(at)) return undefined
  const bands = bandsOf(view, axis)
  return bands
    ? { from: origin + at, size: bands.bandwidth() }
    : { from: origin + at - AROUND, size: 2 * AROUND }
}
