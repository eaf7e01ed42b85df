import curated from '../../data/label-rules.json'

/** What a rule says about a name. */
export interface Reading {
  readonly organ?: string | null
  readonly region?: string
  readonly lesion?: boolean
  readonly side?: 'left' | 'right'
}

interface Rule extends Reading {
  readonly pattern: RegExp
}

interface CuratedDataset {
  readonly datasets: readonly string[]
  readonly unnamed?: Reading
  readonly patterns?: readonly (Reading & { pattern: string })[]
}

/** The parts of a name, its words joined by _. */
export interface LabelName {
  /** With its lesion words. */
  readonly whole: string
  /** Without them. */
  readonly anatomy: string
}

const whole = (patterns: readonly string[]) => new RegExp(`^(?:${patterns.join('|')})$`)

const rulesOf = (list: readonly (Reading & { patterns: string[] })[]): Rule[] =>
  list.map(({ patterns, ...reading }) => ({ ...reading, pattern: whole(patterns) }))

const LESIONS = rulesOf(
  (curated.lesionNames as readonly (Reading & { patterns: string[] })[]).map(rule => ({
    ...rule,
    lesion: true,
  })),
)
const ABBREVIATIONS = rulesOf(
  curated.abbreviations as readonly (Reading & { patterns: string[] })[],
)
const ANATOMY = rulesOf([
  ...Object.entries(curated.organs).map(([organ, patterns]) => ({ organ, patterns })),
  ...curated.regionsWithoutOrgan,
])
/** The same patterns for names without separators, but those that end or begin in anything. */
const JOINED = rulesOf(
  [
    ...Object.entries(curated.organs).map(([organ, patterns]) => ({ organ, patterns })),
    ...curated.regionsWithoutOrgan,
  ].map(rule => ({
    ...rule,
    patterns: rule.patterns
      .filter(pattern => !pattern.includes('.+'))
      .map(pattern => pattern.replace(/_(?!\?)/g, '_?')),
  })),
)
const SAYS_NOTHING = whole(curated.namesThatSayNothing)

const datasetRules = new Map<string, { rules: Rule[]; unnamed?: Reading }>()
for (const { datasets, unnamed, patterns = [] } of curated.datasets as readonly CuratedDataset[])
  for (const dataset of datasets) {
    const known = datasetRules.get(dataset)
    const rules = patterns.map(({ pattern, ...reading }) => ({
      ...reading,
      pattern: whole([pattern]),
    }))
    datasetRules.set(dataset, {
      rules: [...(known?.rules ?? []), ...rules],
      unnamed: unnamed ?? known?.unnamed,
    })
  }

/** What the first rule that matches says: the dataset's own, lesions, abbreviations, organs, regions. */
export function readName(dataset: string, { whole, anatomy }: LabelName): Reading | undefined {
  const matches = ({ pattern }: Rule) => pattern.test(anatomy)
  const matchesEither = ({ pattern }: Rule) => pattern.test(whole) || pattern.test(anatomy)
  return (
    datasetRules.get(dataset)?.rules.find(matchesEither) ??
    LESIONS.find(matchesEither) ??
    ABBREVIATIONS.find(matches) ??
    ANATOMY.find(matches)
  )
}

/** What a name without separators says (`portalvein`); patterns of datasets and abbreviations do not count. */
export const readJoined = (_dataset: string, { anatomy }: LabelName): Reading | undefined =>
  JOINED.find(({ pattern }) => pattern.test(anatomy))

/** What a name such as class1 or mask means in a dataset; undefined if the name says something. */
export const readUnnamed = (dataset: string, { anatomy }: LabelName): Reading | undefined =>
  SAYS_NOTHING.test(anatomy) ? datasetRules.get(dataset)?.unnamed : undefined

const SWAPPED = new Set(
  curated.swappedSides.flatMap(({ dataset, labels }) =>
    labels.map(label => `${dataset}\u0000${label}`),
  ),
)

/** Whether the release gives a label to masks of the other side. */
export const namesOtherSide = (dataset: string, label: string): boolean =>
  SWAPPED.has(`${dataset}\u0000${label}`)
