import { axisOfWord } from '../axes/axis-words'
import { MEANT, nearestNames } from '../nearest-names'
import { ALL_FACET_NAMES, FACET_NAMES, FACETS, type FacetName, isRangeFacet } from './facets'
import {
  type Filter,
  type Range,
  wantsAll,
  withAll,
  withExcluded,
  withRange,
  withValues,
} from './filter'
import { VIEW_KEYS } from './view-keys'

/** In links of earlier versions, `unions=1` is another name of `union=0,1`. */
const UNIONS = 'unions'

/** Servers between the browser and this one may refuse longer URLs. */
export const MAX_QUERY_LENGTH = 8192

export interface ParsedFilter {
  readonly filter: Filter
  /** One sentence for each part that was not understood; all other parts are in `filter`. */
  readonly problems: readonly string[]
}

/**
 * Query string (with or without "?") → filter. Never throws: `problems` names what was not understood.
 * `knownValues` then checks whether the manifest has the values.
 */
export function parseFilter(query: string): ParsedFilter {
  const problems: string[] = []
  if (query.length > MAX_QUERY_LENGTH)
    return {
      filter: {},
      problems: [`The filter is longer than ${MAX_QUERY_LENGTH} characters and was not applied.`],
    }
  let filter: Filter = {}
  let hasUnions = false
  const seen = new Set<FacetName>()
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair.trim() === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at)).trim()
    const allOf = ALL_FACET_NAMES.find(one => name === `${one}.all`)
    const key = allOf ?? name
    // Trimmed before decoding: an encoded space belongs to the value.
    const text = at < 0 ? '' : decode(pair.slice(at + 1).trim())
    if (VIEW_KEYS.has(key)) continue
    if (key === UNIONS) {
      hasUnions = text === '1'
      continue
    }
    if (!isFacetName(key)) {
      problems.push(unknownFacet(key))
    } else if (seen.has(key)) {
      problems.push(`The facet ${key} is given twice; the first is used.`)
    } else if (isRangeFacet(key)) {
      seen.add(key)
      const range = parseRange(text, FACETS[key].integer)
      if (range) filter = withRange(filter, key, range)
      else
        problems.push(`"${text}" is not a range for ${key}; write it like ${FACETS[key].example}.`)
    } else {
      seen.add(key)
      const { wanted, excluded } = parseValues(text, key === 'axis' ? axisOfWord : undefined)
      filter = withExcluded(withValues(filter, key, wanted), key, excluded)
      if (allOf && wanted.length > 0) filter = withAll(filter, allOf, true)
      if (wanted.length + excluded.length === 0)
        problems.push(`The facet ${key} has no value; write it like ${FACETS[key].example}.`)
    }
  }
  if (hasUnions && !seen.has('union')) filter = withValues(filter, 'union', ['0', '1'])
  return { filter, problems }
}

/** Filter → canonical query string without "?": facets in the grammar's order, values sorted. */
export function formatFilter(filter: Filter): string {
  return FACET_NAMES.flatMap(name => {
    if (isRangeFacet(name)) {
      const range = filter[name]
      return range ? [`${name}=${range.min ?? ''}..${range.max ?? ''}`] : []
    }
    const values = [
      ...(filter[name] ?? []).map(escapeValue),
      ...(filter.not?.[name] ?? []).map(value => `!${escapeValue(value)}`),
    ]
    const key = wantsAll(filter, name) ? `${name}.all` : name
    return values.length > 0 ? [`${key}=${values.map(encode).join(',')}`] : []
  }).join('&')
}

function unknownFacet(key: string): string {
  const [similar] = nearestNames(key, FACET_NAMES, 1, MEANT)
  return similar === undefined
    ? `Unknown facet "${key}"; expected one of ${FACET_NAMES.join(', ')}.`
    : `Unknown facet "${key}". Did you mean ${similar}?`
}

const isFacetName = (key: string): key is FacetName => Object.hasOwn(FACETS, key)

/** A backslash before a comma, a backslash, or a "!" at the start makes it part of the value. */
const escapeValue = (value: string) => value.replace(/[\\,]|^!/g, '\\$&')

/**
 * "a,!b" → selected a, excluded b. Works on decoded text, because programs differ in whether they encode commas.
 *
 * @param meaning The value that a word stands for.
 */
function parseValues(
  text: string,
  meaning = (word: string) => word,
): { wanted: string[]; excluded: string[] } {
  const wanted: string[] = []
  const excluded: string[] = []
  for (const [piece] of text.matchAll(/(?:\\.|[^\\,])+|\\$/gs)) {
    const word = (piece.startsWith('!') ? piece.slice(1) : piece).replace(/\\(.)/gs, '$1')
    const value = meaning(word)
    if (value !== '') (piece.startsWith('!') ? excluded : wanted).push(value)
  }
  return { wanted, excluded: excluded.filter(value => !wanted.includes(value)) }
}

// Commas and "!" stay readable; their encoded forms mean the same.
const encode = (value: string) =>
  encodeURIComponent(value).replaceAll('%20', '+').replaceAll('%2C', ',')

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    // A stray "%" is data, not an escape.
    return spaced
  }
}

/** "a..b", "a..", "..b" or "a" (a single number) → range; null if it is none of them. */
export function parseRange(text: string, integer: boolean): Range | null {
  const match = /^([^.]*(?:\.\d+)?)\.\.(.*)$/.exec(text)
  const [low, high] = match ? [match[1] ?? '', match[2] ?? ''] : [text, text]
  const min = parseEnd(low, integer)
  const max = parseEnd(high, integer)
  if (min === null || max === null) return null
  if (min === undefined && max === undefined) return null
  if (min !== undefined && max !== undefined && min > max) return null
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

function parseEnd(text: string, integer: boolean): number | undefined | null {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!/^\d+(\.\d+)?(e-?\d+)?$/i.test(trimmed)) return null
  const value = Number(trimmed)
  if (!Number.isFinite(value) || (integer && !Number.isInteger(value))) return null
  return value
}
