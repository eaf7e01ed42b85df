import curated from '../../data/label-rules.json'
import type { LabelName } from './label-rules'

/** A way to read the words of a name. */
export interface NameVariant extends LabelName {
  readonly side: Side
}

export type Side = 'left' | 'right' | null

const words = (list: readonly string[]) => new RegExp(`^(?:${list.join('|')})$`)

const LESION_WORD = words(curated.lesionWords)
const LESION_DETAIL = words(curated.lesionDetails)
const FILLER = words(curated.fillers)
const TISSUE = words(curated.tissueWords)
const POSITION = words(curated.positionWords)
const PLURAL_APART = words(curated.pluralsApart)

/** Whether a name speaks of a lesion. */
export const hasLesionWord = (name: readonly string[]): boolean =>
  name.some(word => LESION_WORD.test(word))

/**
 * The ways to read a name, the best first: left and right are taken out, with single letters for
 * them at either end, then without (`L_1`), then with letters anywhere. Each as it stands, without
 * words that say nothing, without positions within an organ (a posterior eyeball is of the eye),
 * two words the other way round (`Lobe_Temporal`), the singular, and without
 * a number in front.
 */
export function nameVariants(words: readonly string[]): NameVariant[] {
  const name = words.filter(word => word !== 'the')
  const lesion = hasLesionWord(name)
  const variants = SIDE_WORDS.flatMap(isSide => {
    const { rest, side } = withoutSide(name, isSide)
    return reductions(rest, lesion).map(kept => ({
      whole: kept.join('_'),
      anatomy: kept.filter(word => !LESION_WORD.test(word)).join('_'),
      side,
    }))
  })
  return variants.filter(
    (one, i) =>
      !variants.slice(0, i).some(({ whole, side }) => whole === one.whole && side === one.side),
  )
}

/** A name with ever fewer of its words; at least one is left that says where, if any does. */
function reductions(name: readonly string[], lesion: boolean): string[][] {
  const plain = name.filter(word => !FILLER.test(word) && !(lesion && LESION_DETAIL.test(word)))
  const says = (list: readonly string[]) => list.some(word => !LESION_WORD.test(word))
  const organ = plain.filter(word => !TISSUE.test(word))
  const place = organ.filter(word => !POSITION.test(word))
  return [
    [...name],
    ...(says(plain) || lesion ? [plain] : []),
    ...(says(organ) ? [organ] : []),
    ...(says(place) ? [place] : []),
    ...(name.length === 2 ? [[...name].reverse()] : []),
    ...[name, plain].flatMap(singular),
    ...[name, plain].flatMap(unnumbered),
  ]
}

/** A name without the number before it, as lists have one: `13_left_kidney`, but not `4_ventricle`. */
function unnumbered([first = '', ...rest]: readonly string[]): string[][] {
  const isList = /^\d+$/.test(first) && rest.length > 0
  return isList && !rest.some(word => word.startsWith('ventric')) ? [rest] : []
}

/** A name whose last word is plural, in the singular: `left_spleens`. */
function singular(name: readonly string[]): string[][] {
  const last = name.at(-1) ?? ''
  return /.{4}[^s]s$/.test(last) && !PLURAL_APART.test(last)
    ? [[...name.slice(0, -1), last.slice(0, -1)]]
    : []
}

type SideWord = (word: string, i: number, name: readonly string[]) => Side

const spelledOut: SideWord = word => (word === 'left' || word === 'right' ? word : null)

const letter: SideWord = word =>
  spelledOut(word, 0, []) ??
  (word === 'l' || word === 'lt' ? 'left' : word === 'r' || word === 'rt' ? 'right' : null)

const letterAtEnd: SideWord = (word, i, name) =>
  name.length > 1 && (i === 0 || i === name.length - 1)
    ? letter(word, i, name)
    : spelledOut(word, i, name)

const SIDE_WORDS: readonly SideWord[] = [
  letterAtEnd,
  spelledOut,
  (word, i, name) => (name.length > 1 ? letter(word, i, name) : null),
]

/** Naming both sides is naming none. */
function withoutSide(name: readonly string[], isSide: SideWord): { rest: string[]; side: Side } {
  const sides = name.map(isSide)
  const named = new Set(sides.filter(side => side !== null))
  const [side = null] = named
  return {
    rest: name.filter((_, i) => sides[i] === null),
    side: named.size === 1 ? side : null,
  }
}

/** The side of a name that nothing else is known of. */
export const sideOf = (name: readonly string[]): Side => withoutSide(name, letterAtEnd).side
