import type { PictureInfo } from '../../lib/images/picture-info'

/** How masks are drawn over the open image; kept when another image is opened. */
export interface ShownMasks {
  /** Labels that are switched off. */
  readonly hidden: ReadonlySet<string>
  readonly style: 'fill' | 'contour'
  /** Opacity of the filling, 0 to 1. */
  readonly opacity: number
}

export const INITIAL_MASKS: ShownMasks = { hidden: new Set(), style: 'fill', opacity: 0.45 }

/** The labels of an image without repetition, in the order of its masks. */
export const labelsOf = ({ masks }: PictureInfo): string[] => [
  ...new Set(masks.map(({ label }) => label)),
]

/** The labels of an image that are drawn. */
export const shownLabels = (info: PictureInfo, { hidden }: ShownMasks): string[] =>
  labelsOf(info).filter(label => !hidden.has(label))

/** The settings with some labels shown or hidden. */
export function withLabels(masks: ShownMasks, labels: readonly string[], on: boolean): ShownMasks {
  const hidden = new Set(masks.hidden)
  for (const label of labels) {
    if (on) hidden.delete(label)
    else hidden.add(label)
  }
  return { ...masks, hidden }
}
