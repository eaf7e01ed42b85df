import { UserError } from '../../errors'
import { decodeMask, type OpenPng, openPng } from '../../images/decode.node.ts'
import { ImageFault } from '../../images/image-fault'
import { asColor, encodePng, type GreyOrColor, greyOrColor } from './grey-or-color.node.ts'
import { fixOf } from './known-fixes'
import { areaOf, composeLabels, type LabelPixels, type Layer } from './label-map'
import type { LabelValue } from './label-values'
import type { OverlapRule } from './overlap-rule'

/** A mask with facts from the manifest. */
export interface CaseMask {
  readonly path: string
  readonly label: string
  readonly classId: string
  readonly isUnion: boolean
  readonly data: Uint8Array
}

/** An image and its masks, as read. */
export interface CaseFiles {
  readonly path: string
  readonly dataset: string
  readonly data: Uint8Array
  readonly masks: readonly CaseMask[]
}

export interface ComposeOptions {
  /** Keyed by label. */
  readonly values: ReadonlyMap<string, LabelValue>
  readonly rule: OverlapRule
  /** Whether to repair defects listed in data/known-defects.json. */
  readonly fixKnown: boolean
  /** Whether to convert grey images to three channels. */
  readonly forceColor: boolean
}

/** Why a mask is left out of its label map. */
export type LeftOut = 'merged' | 'empty' | 'wrong-size' | 'fixed'

/** The result for an image, apart from the pictures. */
export interface CaseReport {
  /** Why the image is left out: no mask is usable, or a picture cannot be decoded. Null if the case is written. */
  readonly without: 'masks' | 'picture' | null
  /** Channels of the written image; null if it is left out. */
  readonly channels: 1 | 3 | null
  readonly labels: readonly LabelPixels[]
  /** Pixels that only merged masks cover. The map shows them as background, although they are not. */
  readonly mergedOnly: number
  readonly leftOut: readonly { readonly path: string; readonly why: LeftOut }[]
  /** Files with a known defect and a description of the repair, for messages. */
  readonly fixed: readonly { readonly path: string; readonly what: string }[]
  /** What is wrong with a picture; null unless `without` is `picture`. */
  readonly problem: string | null
}

export interface ComposedCase {
  readonly report: CaseReport
  /** PNG files; null if the image is left out. */
  readonly pictures: { readonly image: Buffer; readonly labels: Buffer } | null
}

/**
 * Compose the label map of an image. Merged masks are left out, because they repeat the pixels of other masks. Empty
 * masks and masks with another size than the image are left out too.
 *
 * @throws UserError if the rule refuses overlaps and two masks overlap.
 */
export async function composeCase(
  files: CaseFiles,
  options: ComposeOptions,
): Promise<ComposedCase> {
  const leftOut: { path: string; why: LeftOut }[] = []
  const fixed: { path: string; what: string }[] = []
  const none = (without: 'masks' | 'picture', problem: string | null = null): ComposedCase => ({
    report: { without, channels: null, labels: [], mergedOnly: 0, leftOut, fixed, problem },
    pictures: null,
  })
  try {
    const image = openPng(files.data, files.path)
    const layers: Layer[] = []
    for (const mask of files.masks) {
      const found = await layerOf(mask, files, image, options)
      if (found.what !== null) fixed.push({ path: mask.path, what: found.what })
      if (found.layer) layers.push(found.layer)
      else leftOut.push({ path: mask.path, why: found.why })
    }
    if (layers.length === 0) return none('masks')
    const composed = composeLabels(layers, image.width * image.height, options.rule)
    if ('below' in composed)
      throw new UserError(
        `--overlap-rule refuse: ${composed.above} covers ${composed.pixels} px of ${composed.below}; choose smaller-on-top or order=…, or leave the image out`,
      )
    const pixels = await greyOrColor(image)
    const shown = options.forceColor ? asColor(pixels) : pixels
    const map: GreyOrColor = { ...pixels, channels: 1, data: composed.map }
    return {
      report: {
        without: null,
        channels: shown.channels,
        labels: composed.labels,
        mergedOnly: await mergedOnly(files, leftOut, image, composed.map),
        leftOut,
        fixed,
        problem: null,
      },
      pictures: { image: await encodePng(shown), labels: await encodePng(map) },
    }
  } catch (error) {
    if (error instanceof ImageFault) return none('picture', error.message)
    throw error
  }
}

/** @throws ImageFault for a damaged mask. */
async function mergedOnly(
  { masks }: CaseFiles,
  leftOut: readonly { readonly path: string; readonly why: LeftOut }[],
  image: OpenPng,
  map: Uint8Array,
): Promise<number> {
  const merged = new Set(leftOut.flatMap(({ path, why }) => (why === 'merged' ? [path] : [])))
  const seen = new Uint8Array(map.length)
  for (const mask of masks) {
    if (!merged.has(mask.path)) continue
    const png = openPng(mask.data, mask.path)
    if (png.width !== image.width || png.height !== image.height) continue
    const inside = await decodeMask(png)
    for (let i = 0; i < map.length; i++) if (inside[i] !== 0 && map[i] === 0) seen[i] = 1
  }
  return areaOf(seen)
}

type FoundLayer = { readonly what: string | null } & (
  | { readonly layer: Layer }
  | { readonly layer: null; readonly why: LeftOut }
)

/** @throws ImageFault for a damaged mask. */
async function layerOf(
  mask: CaseMask,
  { dataset }: CaseFiles,
  image: OpenPng,
  { values, fixKnown }: ComposeOptions,
): Promise<FoundLayer> {
  const fix = fixKnown ? fixOf({ ...mask, dataset }) : null
  if (fix?.kind === 'leave-out')
    return { layer: null, why: 'fixed', what: 'left out: covers the whole cavity' }
  if (mask.isUnion) return { layer: null, why: 'merged', what: null }
  const png = openPng(mask.data, mask.path)
  if (png.width !== image.width || png.height !== image.height)
    return { layer: null, why: 'wrong-size', what: null }
  const inside = await decodeMask(png)
  const area = areaOf(inside)
  if (area === 0) return { layer: null, why: 'empty', what: null }
  const label = fix?.kind === 'rename' ? fix.label : mask.label
  const value = values.get(label)
  if (!value) throw new RangeError(`no value for the label ${label}`)
  const layer = { path: mask.path, label, value: value.value, inside }
  if (fix?.kind === 'rename') return { layer, what: `label ${mask.label} is now ${label}` }
  if (fix?.kind !== 'invert') return { layer, what: null }
  // A mask that covers at most half of the image is not background, so it needs no inversion.
  if (area * 2 <= inside.length) return { layer, what: null }
  const inverted = inside.map(pixel => (pixel === 0 ? 1 : 0))
  if (area === inside.length) return { layer: null, why: 'empty', what: 'inverted: empty then' }
  return { layer: { ...layer, inside: inverted }, what: 'inverted' }
}
