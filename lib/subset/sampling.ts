import { z } from 'zod'

/** What one can take N images per. */
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

/** Keys of which an image may have several values. */
export const SHARED_KEYS = ['organ', 'label'] as const
export type SharedKey = (typeof SHARED_KEYS)[number]

export const isShared = (key: SampleKey): key is SharedKey =>
  (SHARED_KEYS as readonly SampleKey[]).includes(key)

/** What one can take N slices per. */
export const SLICE_KEYS = ['patient', 'case'] as const
export type SliceKey = (typeof SLICE_KEYS)[number]

const count = z.number().int().min(1)

/** With label and organ, an image that is taken for one value does not count for others, which may have more. */
export const oldSampleSchema = z.strictObject({
  per: z.enum(SAMPLE_KEYS).exclude(['patient']),
  count,
})

export const sampleSchema = z.strictObject({
  per: z.enum(SAMPLE_KEYS),
  count,
  /**
   * `cap`: no value of the key has more than `count` images; this is the rule unless one is given. `floor`:
   * each value has `count` images, or all that there are, with as few images as possible.
   */
  rule: z.enum(['cap', 'floor']).optional(),
})

export const slicesSchema = z.union([
  /** One slice in so many, along each axis of a case. */
  z.strictObject({ every: count.min(2) }),
  /** So many slices of each patient or case, spread along the axes. */
  z.strictObject({ per: z.enum(SLICE_KEYS), count }),
])

export type Sample = z.output<typeof sampleSchema>
export type Slices = z.output<typeof slicesSchema>

/** The parts of a recipe that choose images at random. */
export interface Sampling {
  readonly slices?: Slices | undefined
  readonly sample?: Sample | undefined
}

/** Keys and values of a query string. */
type Found = Readonly<Record<string, string>>

/** The pairs of a query string that say how to sample; the same keys as the command's options. */
export function samplingPairs({ slices, sample }: Sampling): [string, string][] {
  const pairs: [string, string][] = []
  if (slices && 'every' in slices) pairs.push(['every', `${slices.every}`])
  else if (slices) pairs.push(['slices-per', `${slices.per}:${slices.count}`])
  if (sample)
    pairs.push([sample.rule === 'floor' ? 'at-least' : 'sample', `${sample.per}:${sample.count}`])
  return pairs
}

/** Keys of which only one can be given, and both are; null if there are none. */
export const exclusiveKeys = (found: Found): readonly string[] | null =>
  EXCLUSIVE.find(([a, b]) => found[a] && found[b]) ?? null

/** The parts of a recipe that `samplingPairs` wrote, to be checked. */
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

/** `label:100` → what it counts, and how many. */
function readCount(text: string) {
  const [per, count = ''] = text.split(':')
  return { per, count: numberOf(count) }
}

/** NaN for what is no number, also for an empty text. */
export const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
