import known from '../../data/licences.json' with { type: 'json' }

/** How far a licence can be relied on, from most to least. */
export const LICENCE_STRENGTHS = ['official', 'same source', 'secondary', 'contradictory'] as const

export type LicenceStrength = (typeof LICENCE_STRENGTHS)[number]

/** What a strength means, as a remark beside a licence. */
export const STRENGTH_TEXT: Readonly<Record<LicenceStrength, string>> = {
  official: 'stated by its publishers',
  'same source': 'stated by the collection it was taken from',
  secondary: 'stated by others only',
  contradictory: 'sources disagree',
}

/** Licence or terms of a source dataset (data/licences.json). */
export interface Licence {
  readonly dataset: string
  readonly licence: string
  /** URLs of the pages that state it, separated by commas. */
  readonly source: string
  readonly strength: LicenceStrength
  /** What else must be known to rely on it. */
  readonly note?: string
}

/** All of data/licences.json. */
export const LICENCES = known.datasets as readonly Licence[]

const byDataset: ReadonlyMap<string, Licence> = new Map(LICENCES.map(one => [one.dataset, one]))

/** Licence of a source dataset; null if unknown. */
export const licenceOf = (dataset: string): Licence | null => byDataset.get(dataset) ?? null

/** Licence of the release itself. */
export const RELEASE_LICENCE: { readonly licence: string; readonly source: string } = known.release

/** "stated by others only: its link names another licence", without the licence and its source. */
export const licenceRemark = ({ strength, note }: Pick<Licence, 'strength' | 'note'>): string =>
  note === undefined ? STRENGTH_TEXT[strength] : `${STRENGTH_TEXT[strength]}. ${note}`
