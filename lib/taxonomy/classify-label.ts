import curated from '../../data/taxonomy.json'
import { isMergedLabel, labelWords } from './label-words'
import { ORGANS } from './organs'

/** What a raw label name means; see data/taxonomy.json for the rules and their sources. */
export interface LabelMeaning {
  /** One of ORGANS; null if the name and its dataset do not say. */
  readonly organ: string | null
  /** One of REGIONS: the organ's, also for its lesions; null if unknown. */
  readonly region: string | null
  readonly isLesion: boolean
  /** A union of other masks of the same image: repeats their pixels. */
  readonly isUnion: boolean
  readonly side: 'left' | 'right' | null
}

interface Reading {
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

const whole = (patterns: readonly string[]) => new RegExp(`^(?:${patterns.join('|')})$`)

const RULES: readonly Rule[] = [
  ...curated.lesionNames.map(({ organ, patterns }) => ({
    organ,
    lesion: true,
    pattern: whole(patterns),
  })),
  ...curated.organs.map(({ organ, patterns }) => ({ organ, pattern: whole(patterns) })),
  ...curated.regionsWithoutOrgan.map(({ region, patterns }) => ({
    region,
    pattern: whole(patterns),
  })),
]
const LESION_WORD = whole(curated.lesionWords)
const SAYS_NOTHING = whole(curated.namesThatSayNothing)

const regionOf = new Map(ORGANS.map(({ organ, region }) => [organ, region]))

const datasetRules = new Map<string, { rules: readonly Rule[]; unnamed?: Reading }>()
for (const { datasets, unnamed, patterns = [] } of curated.datasets as readonly CuratedDataset[]) {
  const rules = patterns.map(rule => ({ ...rule, pattern: whole([rule.pattern]) }))
  for (const dataset of datasets) datasetRules.set(dataset, { rules, unnamed })
}

/**
 * Meaning of a label of a dataset's class map. Never guesses: what no rule matches has organ and
 * region null.
 *
 * @param dataset Decides what names such as class1, left or tumor mean.
 * @param label Raw name; case and separators do not matter.
 */
export function classifyLabel(dataset: string, label: string): LabelMeaning {
  const words = labelWords(label)
  return isMergedLabel(label)
    ? classifyUnion(dataset, words.slice(1))
    : { ...classifyWords(dataset, words), isUnion: false }
}

type SingleMeaning = Omit<LabelMeaning, 'isUnion'>

function classifyWords(dataset: string, words: readonly string[]): SingleMeaning {
  const { rest, side } = withoutSide(words)
  const anatomy = rest.filter(word => !LESION_WORD.test(word))
  const hasLesionWord = anatomy.length < rest.length
  const name = anatomy.join('_')
  const own = datasetRules.get(dataset)
  const matches = (rule: Rule) => rule.pattern.test(name)
  const reading: Reading | undefined =
    own?.rules.find(matches) ??
    RULES.find(matches) ??
    (SAYS_NOTHING.test(name) ? own?.unnamed : undefined)
  const organ = reading?.organ ?? null
  return {
    organ,
    region: reading?.region ?? (organ === null ? null : (regionOf.get(organ) ?? null)),
    isLesion: hasLesionWord || reading?.lesion === true,
    side: side ?? reading?.side ?? null,
  }
}

/** Takes out left and right anywhere, l and r at either end; naming both sides is naming none. */
function withoutSide(words: readonly string[]): {
  rest: string[]
  side: 'left' | 'right' | null
} {
  const sides = words.map((word, i): 'left' | 'right' | null => {
    const atEnd = words.length > 1 && (i === 0 || i === words.length - 1)
    if (word === 'left' || (atEnd && word === 'l')) return 'left'
    if (word === 'right' || (atEnd && word === 'r')) return 'right'
    return null
  })
  const named = new Set(sides.filter(side => side !== null))
  return {
    rest: words.filter((_, i) => sides[i] === null),
    side: named.size === 1 ? ([...named][0] as 'left' | 'right') : null,
  }
}

/** Words of one member label at most, and of a whole union at most: bounds the work below. */
const MAX_MEMBER_WORDS = 8
const MAX_UNION_WORDS = 64

/**
 * `union_a_b` does not say where one member's name ends and the next begins. Reads it in every way
 * in which all members are known labels, and keeps only what all members in all readings share.
 */
function classifyUnion(dataset: string, words: readonly string[]): LabelMeaning {
  const unknown = { organ: null, region: null, isLesion: false, isUnion: true, side: null }
  if (words.length > MAX_UNION_WORDS) return unknown
  // readings[i]: the distinct meanings of all ways to read the first i words, keyed by content.
  const readings: Map<string, SingleMeaning>[] = words.map(() => new Map())
  const complete = new Map<string, SingleMeaning>()
  for (let start = 0; start < words.length; start++) {
    const before = start === 0 ? [null] : [...(readings[start]?.values() ?? [])]
    if (before.length === 0) continue
    const lastEnd = Math.min(words.length, start + MAX_MEMBER_WORDS)
    for (let end = start + 1; end <= lastEnd; end++) {
      if (start === 0 && end === words.length) continue // a union has two members or more
      const member = classifyWords(dataset, words.slice(start, end))
      if (member.organ === null && member.region === null && !member.isLesion) continue
      const into = end === words.length ? complete : (readings[end] as Map<string, SingleMeaning>)
      for (const earlier of before) {
        const meaning = earlier === null ? member : shared(earlier, member)
        into.set(JSON.stringify(meaning), meaning)
      }
    }
  }
  const all = [...complete.values()]
  return all.length === 0 ? unknown : { ...all.reduce(shared), isUnion: true }
}

const shared = (a: SingleMeaning, b: SingleMeaning): SingleMeaning => ({
  organ: a.organ === b.organ ? a.organ : null,
  region: a.region === b.region ? a.region : null,
  isLesion: a.isLesion && b.isLesion,
  side: a.side === b.side ? a.side : null,
})
