import {
  type LabelName,
  namesOtherSide,
  type Reading,
  readJoined,
  readName,
  readUnnamed,
} from './label-rules'
import { isMergedLabel, labelWords, splitAbbreviations } from './label-words'
import { hasLesionWord, nameVariants, type Side, sideOf } from './name-variants'
import { ORGANS } from './organs'
import { splitJoined } from './split-joined'
import { unionMembers } from './union-members'

/** What a raw label name means; see data/label-rules.json for the rules and their sources. */
export interface LabelMeaning {
  /** One of ORGANS; null if the name and its dataset do not say. */
  readonly organ: string | null
  /** One of REGIONS: the organ's, also for its lesions; null if unknown. */
  readonly region: string | null
  readonly isLesion: boolean
  /** A union of other masks of the same image: repeats their pixels. */
  readonly isUnion: boolean
  /** The patient's side, as it is in the image, also where the release names the other one. */
  readonly side: Side
}

type SingleMeaning = Omit<LabelMeaning, 'isUnion'>

const regionOf = new Map(ORGANS.map(({ organ, region }) => [organ, region]))

/**
 * Meaning of a label of a dataset's class map. Never guesses: what no rule matches has organ and
 * region null.
 *
 * @param dataset Decides what names such as class1, left or tumor mean.
 * @param label Raw name; case and separators do not matter.
 * @param classMap The labels of the dataset's class map, which the members of a union are among.
 */
export function classifyLabel(
  dataset: string,
  label: string,
  classMap: readonly string[] = [],
): LabelMeaning {
  if (!isMergedLabel(label)) return { ...classifySingle(dataset, label), isUnion: false }
  const words = labelWords(label).slice(1)
  const members = unionMembers(words, classMap)
  return members
    ? { ...members.map(member => classifySingle(dataset, member)).reduce(shared), isUnion: true }
    : classifyUnion(dataset, words)
}

function classifySingle(dataset: string, label: string): SingleMeaning {
  const meaning = classifyName(dataset, label)
  const { side } = meaning
  return side !== null && namesOtherSide(dataset, label)
    ? { ...meaning, side: side === 'left' ? 'right' : 'left' }
    : meaning
}

/** A name, or a name and another in brackets: `ET (Enhancing Tumor)`. */
function classifyName(dataset: string, label: string): SingleMeaning {
  const words = labelWords(label)
  const meaning = classifyWords(dataset, words)
  if (isKnown(meaning)) return meaning
  const apart = splitJoined(words)
  if (apart) {
    const joined = classifyWords(dataset, apart, [readName, readJoined])
    if (isKnown(joined)) return joined
  }
  const split = splitAbbreviations(label)
  if (split !== label) {
    const other = classifyWords(dataset, labelWords(split))
    if (isKnown(other)) return other
  }
  const [, outside, inside] = /^([^()]+)\(([^()]+)\)\s*$/.exec(label) ?? []
  if (outside === undefined || inside === undefined) return meaning
  const known = [outside, inside]
    .map(name => classifyWords(dataset, labelWords(name)))
    .filter(isKnown)
  if (known.length === 0) return meaning
  const { organ, region, side } = known.reduce(shared)
  return {
    organ,
    region,
    isLesion: meaning.isLesion || known.some(({ isLesion }) => isLesion),
    side: side ?? meaning.side,
  }
}

const isKnown = ({ organ, region }: SingleMeaning) => organ !== null || region !== null

/** No name of a structure has more words; bounds the work of patterns. */
const MAX_NAME_WORDS = 32

type Read = (dataset: string, name: LabelName) => Reading | undefined

function classifyWords(
  dataset: string,
  words: readonly string[],
  readers: readonly Read[] = [readName, readUnnamed],
): SingleMeaning {
  const isLesion = hasLesionWord(words)
  if (words.length > MAX_NAME_WORDS) return { organ: null, region: null, isLesion, side: null }
  const variants = nameVariants(words)
  for (const read of readers)
    for (const { side, ...name } of variants) {
      const reading = read(dataset, name)
      if (reading) return meaningOf(reading, isLesion, side)
    }
  return { organ: null, region: null, isLesion, side: sideOf(words) }
}

function meaningOf(reading: Reading, isLesion: boolean, named: Side): SingleMeaning {
  const organ = reading.organ ?? null
  return {
    organ,
    region: reading.region ?? (organ === null ? null : (regionOf.get(organ) ?? null)),
    isLesion: isLesion || reading.lesion === true,
    side: named ?? reading.side ?? null,
  }
}

/** Words of one member label at most, and of a whole union at most: bounds the work below. */
const MAX_MEMBER_WORDS = 8
const MAX_UNION_WORDS = 64

/**
 * A union whose members are not in the class map: reads it in every way in which all members are
 * known labels, and keeps only what all members in all readings share.
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
      if (!isKnown(member) && !member.isLesion) continue
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
