import curated from '../../data/ledger-reasons.json' with { type: 'json' }
import type { Manifest } from '../manifest/manifest'
import type { Line, NameLine, ReasonId } from './line'
import { RELEASED_IMAGES } from './published'

export interface Reason {
  readonly id: ReasonId
  /** A few words, for a line of the ledger. */
  readonly short: string
  readonly text: string
  readonly sources: readonly { readonly title: string; readonly url: string }[]
}

const sources: Readonly<Record<string, { title: string; url: string }>> = curated.sources

const CURATED: readonly Reason[] = curated.reasons.map(reason => ({
  id: reason.id as ReasonId,
  short: reason.short,
  text: reason.text,
  sources: reason.sources.flatMap(id => sources[id] ?? []),
}))

const own = (id: ReasonId, short: string, text: string): Reason => ({
  id,
  short,
  text,
  sources: [],
})

const OWN: readonly Reason[] = [
  own(
    'simulated',
    'simulated',
    'The images of this manifest are simulated to match the published totals, at full or reduced size; they do not describe real files.',
  ),
  own(
    'stand-in',
    'stand-in name',
    'The paper counts more datasets than we know by name. The simulated manifest uses our own names for the others.',
  ),
  own(
    'rejected',
    'rejected inputs',
    'Some inputs of this manifest’s source were rejected; they are counted under “Rejected inputs”.',
  ),
  own(
    'less-than-release',
    'part of the release',
    'The source of this manifest has fewer images than the public release, counting rejected images too, so its numbers are those of a part; or it is another release.',
  ),
  own(
    'not-known',
    'not known',
    'Unknown: neither the published sources nor this manifest give a reason.',
  ),
]

/** All reasons, in the order in which lines name them. */
export const REASONS: readonly Reason[] = [...CURATED, ...OWN]

const byId = new Map(REASONS.map(reason => [reason.id, reason]))

/** A reason by its id. */
export function reasonOf(id: ReasonId): Reason {
  const reason = byId.get(id)
  if (!reason) throw new Error(`no reason ${id}`)
  return reason
}

/** The few words of a reason. */
export const shortReason = (id: ReasonId): string => reasonOf(id).short

/** Facts about a manifest that explain differences. */
export interface Circumstances {
  readonly simulated: boolean
  readonly rejected: number
  /** Fewer inputs than the public release has images. */
  readonly isPart: boolean
}

export const circumstancesOf = ({
  simulated,
  rejects,
  summary,
}: Pick<Manifest, 'simulated' | 'rejects' | 'summary'>): Circumstances => {
  const rejected = Object.values(rejects).reduce((sum, n) => sum + n, 0)
  // Rejected inputs may be masks, so the manifest is certainly partial only if it lacks images even with all of
  // them.
  const isPart = !simulated && summary.totals.images + rejected < RELEASED_IMAGES
  return { simulated, rejected, isPart }
}

/**
 * The paper's test images were drawn at random, so that leaving them out explains smaller numbers of images, masks
 * and files, but no number of 0.
 */
const mayBeTestData = ({ measure, release }: Pick<Line, 'measure' | 'release'>) =>
  release.value !== 0 && (measure === 'images' || measure === 'masks' || measure === 'files')

/** A part of each dataset is smaller, so that the bins of small sizes have more datasets. */
const isMoreSmallDatasets = ({ measure, toPaper }: Pick<Line, 'measure' | 'toPaper'>) =>
  measure === 'datasets' && toPaper.kind === 'apart' && toPaper.by > 0

/** Reasons for the certain differences of a line; none without a difference. */
export function reasonsOf(
  line: Omit<Line, 'reasons'>,
  { simulated, rejected, isPart }: Circumstances,
): ReasonId[] {
  const found = new Set<ReasonId>()
  const addReleased = () => {
    found.add('redistribution')
    if (mayBeTestData(line)) found.add('test-data')
  }
  const { releaseToPaper, toPaper, toRelease } = line
  const isLess = (d: Line['toPaper']) => d.kind === 'apart' && d.by < 0
  const short =
    !simulated && (isLess(toRelease) || (toRelease.kind === 'unknown' && isLess(toPaper)))
  const isOfPart = isPart && (short || isMoreSmallDatasets(line))
  // What the release lacks beside the paper explains nothing about a part of the release.
  if (isOfPart) found.add('less-than-release')
  else if (isLess(releaseToPaper) || (!simulated && isLess(toPaper))) addReleased()
  if (simulated && (toPaper.kind === 'apart' || toRelease.kind === 'apart')) found.add('simulated')
  if (short && rejected > 0) found.add('rejected')
  const isExplained = [releaseToPaper, toPaper, toRelease].every(
    d => d.kind !== 'apart' || d.by < 0 || simulated || (isPart && isMoreSmallDatasets(line)),
  )
  const isAny = [releaseToPaper, toPaper, toRelease].some(({ kind }) => kind === 'apart')
  if (isAny && (found.size === 0 || !isExplained)) found.add('not-known')
  return REASONS.map(({ id }) => id).filter(id => found.has(id))
}

/** Reasons for the presence of a dataset. @param isKnown Whether it is a known source dataset. */
export function presenceReasons(
  { isApart, images }: Pick<NameLine, 'isApart' | 'images'>,
  isKnown: boolean,
  { simulated, rejected, isPart }: Circumstances,
): ReasonId[] {
  if (simulated && !isKnown && images > 0) return ['stand-in']
  if (!isApart) return []
  if (simulated) return ['simulated']
  const found: ReasonId[] = []
  if (images === 0 && rejected > 0) found.push('rejected')
  if (images === 0 && isPart) found.push('less-than-release')
  return found.length > 0 ? found : ['not-known']
}
