import type { PictureInfo } from '../../lib/images/picture-info'

/** How masks are drawn over the image that is open; kept from image to image. */
export interface ShownMasks {
  /** Labels that are switched off. */
  readonly hidden: ReadonlySet<string>
  readonly style: 'fill' | 'contour'
  /** Of the filling, 0 to 1. */
  readonly opacity: number
}

export const INITIAL_MASKS: ShownMasks = { hidden: new Set(), style: 'fill', opacity: 0.45 }

/** The image's labels in the order of its masks, each once. */
export const labelsOf = ({ masks }: PictureInfo): string[] => [
  ...new Set(masks.map(({ label }) => label)),
]

/** Those that are drawn. */
export const shownLabels = (info: PictureInfo, { hidden }: ShownMasks): string[] =>
  labelsOf(info).filter(label => !hidden.has(label))

/** With some labels switched on or off. */
export function withLabels(masks: ShownMasks, labels: readonly string[], on: boolean): ShownMasks {
  const hidden = new Set(masks.hidden)
  for (const label of labels) {
    if (on) hidden.delete(label)
    else hidden.add(label)
  }
  return { ...masks, hidden }
}
