import type { Axis } from '../manifest/tables'
import type { RejectReason } from './reject-reasons'
import { modalityOf } from './submodalities'

/**
 * File names of the release. An image is `images/{submodality}--{dataset}--{ori name}--{axis_slice}.png`,
 * a mask `masks/{image stem}--{class id}_{instance}.png`. Dataset and ori name may contain `--`, so the
 * class map's datasets decide where a name is split; an ambiguous name is rejected. The parts of every accepted
 * name give the same name again, byte for byte.
 */
export interface ImageName {
  /** Known prefix, such as mr_t1. */
  readonly submodality: string
  readonly dataset: string
  /** The ori name: one volume or one 2D source picture within its dataset. */
  readonly caseName: string
  readonly axis: Axis
  /** 0 to 65535 along the axis; null exactly for axis 2d. */
  readonly slice: number | null
}

export interface MaskName {
  /** Name of the mask's image without folder and .png; not checked here. */
  readonly imageStem: string
  /** Four digits. */
  readonly classId: string
  /** 0 to 65535. */
  readonly instance: number
}

const SEPARATOR = '--'
const MAX_NUMBER = 65_535

// Control characters, backslashes, characters that reverse the reading direction, and the byte order
// mark, which readers drop at the start of a text; lone surrogates, which no file system can store.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  /[\u0000-\u001f\u007f-\u009f\\\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u
// As above, but a backslash in a label leads nowhere; noncharacters, which XML and so no picture can hold.
const UNSHOWN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u
const TRICK_SEGMENT = /(^|\/)\.{0,2}(\/|$)/

const AXIS_SLICE = /^([xyz])_([0-9]+)$/
const AXIS_LIKE = /^[0-9A-Za-z]+_[0-9A-Za-z]+$/
const CLASS_INSTANCE = /^([0-9]+)_([0-9]+)$/

/** Path in a folder of the release → file name without .png, or a reject reason. */
function stemOf(path: string, folder: string): { stem: string } | RejectReason {
  if (FORBIDDEN.test(path) || TRICK_SEGMENT.test(path) || /^[A-Za-z]:/.test(path))
    return 'path-trick'
  if (!path.startsWith(folder) || path.includes('/', folder.length)) return 'wrong-folder'
  if (!path.endsWith('.png')) return 'not-png'
  return { stem: path.slice(folder.length, -'.png'.length) }
}

/** Digits as the release writes them, zero-padded to `width` → number; null if written otherwise. */
function canonicalNumber(digits: string, width: number): number | null {
  if (digits.length > 5 || digits.length < width) return null
  if (digits.length > width && digits.startsWith('0')) return null
  const value = Number(digits)
  return value <= MAX_NUMBER ? value : null
}

/** All ways to split `dataset--ori name`, including overlapping separators (`a---b` has two). */
function splits(text: string): [dataset: string, caseName: string][] {
  const found: [string, string][] = []
  for (let at = text.indexOf(SEPARATOR, 1); at !== -1; at = text.indexOf(SEPARATOR, at + 1))
    if (at + SEPARATOR.length < text.length)
      found.push([text.slice(0, at), text.slice(at + SEPARATOR.length)])
  return found
}

/**
 * Parse the path of an image as the index lists it.
 *
 * @param datasets Datasets of the class map, which decide where the name is split. Without them only names with exactly
 *   one possible split are accepted.
 */
export function parseImageName(
  path: string,
  datasets?: ReadonlySet<string>,
): ImageName | RejectReason {
  const named = stemOf(path, 'images/')
  if (typeof named === 'string') return named
  const { stem } = named
  // Prefixes and axis parts contain no dash, so the first and the last separator are certain.
  const first = stem.indexOf(SEPARATOR)
  const last = stem.lastIndexOf(SEPARATOR)
  if (first < 1) return 'malformed-name'
  const submodality = stem.slice(0, first)
  if (modalityOf(submodality) === undefined) return 'unknown-modality'
  if (last < first + SEPARATOR.length) return 'malformed-name'

  const tail = parseAxisSlice(stem.slice(last + SEPARATOR.length))
  if (typeof tail === 'string') return tail

  const all = splits(stem.slice(first + SEPARATOR.length, last))
  if (all.length === 0) return 'malformed-name'
  const known = datasets ? all.filter(([dataset]) => datasets.has(dataset)) : all
  if (known.length === 0) return 'unknown-dataset'
  if (known.length > 1) return 'ambiguous-name'
  const [dataset, caseName] = known[0] as [string, string]
  return { submodality, dataset, caseName, ...tail }
}

function parseAxisSlice(text: string): { axis: Axis; slice: number | null } | RejectReason {
  if (text === '2d_none') return { axis: '2d', slice: null }
  const match = AXIS_SLICE.exec(text)
  if (!match) return AXIS_LIKE.test(text) ? 'unknown-axis' : 'malformed-name'
  const slice = canonicalNumber(match[2] as string, 4)
  return slice === null ? 'bad-number' : { axis: match[1] as Axis, slice }
}

/** Parse the path of a mask as the index lists it; the caller compares `imageStem` with its image. */
export function parseMaskName(path: string): MaskName | RejectReason {
  const named = stemOf(path, 'masks/')
  if (typeof named === 'string') return named
  const { stem } = named
  const last = stem.lastIndexOf(SEPARATOR)
  if (last < 1) return 'malformed-name'
  const match = CLASS_INSTANCE.exec(stem.slice(last + SEPARATOR.length))
  if (!match) return 'malformed-name'
  const classId = match[1] as string
  if (!isClassId(classId)) return 'bad-class-id'
  const instance = canonicalNumber(match[2] as string, 3)
  if (instance === null) return 'bad-number'
  return { imageStem: stem.slice(0, last), classId, instance }
}

/** Whether a text may be a label: it is not empty, and holds nothing that cannot be shown or written to a file. */
export const isLabel = (text: string): boolean => text.trim() !== '' && !UNSHOWN.test(text)

/** Whether a text is a class id of a file name: exactly four ASCII digits. */
export const isClassId = (text: string): boolean => /^[0-9]{4}$/.test(text)

/** Name of an image without folder and .png; also the start of its masks' names. */
export function imageStem({ submodality, dataset, caseName, axis, slice }: ImageName): string {
  const axisSlice = slice === null ? '2d_none' : `${axis}_${String(slice).padStart(4, '0')}`
  return [submodality, dataset, caseName, axisSlice].join(SEPARATOR)
}

/** Path of an image within the release: the inverse of `parseImageName`. */
export const imageName = (parts: ImageName): string => `images/${imageStem(parts)}.png`

/** Path of a mask within the release: the inverse of `parseMaskName`. */
export const maskName = ({ imageStem, classId, instance }: MaskName): string =>
  `masks/${imageStem}${SEPARATOR}${classId}_${String(instance).padStart(3, '0')}.png`
