import { z } from 'zod'

/** Keys for "N images per key value". */
export const SAMPLE_KEYS = [
  'all',
  'modality',
  'dataset',
  'case',
  'patient',
  'organ',
  'label',
] as const
export type SampleKey = (typeof SAMPLE_KEYS)[number]

/** Keys with several values per image. */
export const SHARED_KEYS = ['organ', 'label'] as const
export type SharedKey = (typeof SHARED_KEYS)[number]

export const isShared = (key: SampleKey): key is SharedKey =>
  (SHARED_KEYS as readonly SampleKey[]).includes(key)

/** Keys for "N slices per key value". */
export const SLICE_KEYS = ['patient', 'case'] as const
export type SliceKey = (typeof SLICE_KEYS)[number]

const count = z.number().int().min(1)

/**
 * Samples of version 1. For label and organ, an image that is taken for one value does not count for its other values,
 * which may therefore exceed the limit.
 */
export const oldSampleSchema = z.strictObject({
  per: z.enum(SAMPLE_KEYS).exclude(['patient']),
  count,
})

export const sampleSchema = z.strictObject({
  per: z.enum(SAMPLE_KEYS),
  count,
  /**
   * `cap` (default): no value of the key has more than `count` images.
   *
   * `floor`: each value has `count` images, or all available, with as few images as possible.
   */
  rule: z.enum(['cap', 'floor']).optional(),
})

export const slicesSchema = z.union([
  /** Every n-th slice along each axis of a case. */
  z.strictObject({ every: count.min(2) }),
  /** A number of slices per patient or case, spread along the axes. */
  z.strictObject({ per: z.enum(SLICE_KEYS), count }),
])

export type Sample = z.output<typeof sampleSchema>
export type Slices = z.output<typeof slicesSchema>

/** The parts of a recipe that choose images at random. */
export interface Sampling {
  readonly slices?: Slices | undefined
  readonly sample?: Sample | undefined
}

/** Parameters of a query string. */
type Found = Readonly<Record<string, string>>

/** The pairs of a query string that describe sampling. Keys are the same as the command's options. */
export function samplingPairs({ slices, sample }: Sampling): [string, string][] {
  const pairs: [string, string][] = []
  if (slices && 'every' in slices) pairs.push(['every', `${slices.every}`])
  else if (slices) pairs.push(['slices-per', `${slices.per}:${slices.count}`])
  if (sample)
    pairs.push([sample.rule === 'floor' ? 'at-least' : 'sample', `${sample.per}:${sample.count}`])
  return pairs
}

/** Two keys that are both given but exclude each other; null if there are none. */
export const exclusiveKeys = (found: Found): readonly string[] | null =>
  EXCLUSIVE.find(([a, b]) => found[a] && found[b]) ?? null

/** The unchecked parts of a recipe that `samplingPairs` wrote. */
export function readSampling(found: Found): Record<string, unknown> {
  const { every, sample, 'slices-per': slicesPer, 'at-least': atLeast } = found
  return {
    ...(every && { slices: { every: numberOf(every) } }),
    ...(slicesPer && { slices: readCount(slicesPer) }),
    ...(sample && { sample: readCount(sample) }),
    ...(atLeast && { sample: { ...readCount(atLeast), rule: 'floor' } }),
  }
}

const EXCLUSIVE = [
  ['sample', 'at-least'],
  ['every', 'slices-per'],
] as const

/** `label:100` → key and count. */
function readCount(text: string) {
  const [per, count = ''] = text.split(':')
  return { per, count: numberOf(count) }
}

/** NaN for text that is not a number, including empty text. */
export const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
