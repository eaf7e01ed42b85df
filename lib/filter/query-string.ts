import { FACET_NAMES, FACETS, type FacetName, isRangeFacet } from './facets'
import { type Filter, type Range, withRange, withValues } from './filter'

/** Query-string keys that are not facets: how the page shows things, not what it selects. */
export const VIEW_KEYS: ReadonlySet<string> = new Set(['unions', 'scale', 'panel'])

/** A longer link is refused by servers on the way. */
export const MAX_QUERY_LENGTH = 8192

export interface ParsedFilter {
  readonly filter: Filter
  /** What was not understood, a sentence each; the rest is applied. */
  readonly problems: readonly string[]
}

/**
 * Query string (with or without "?") → filter. Never throws: what is not understood is named in
 * `problems`. Whether a value exists in a manifest is `resolveFilter`'s question.
 */
export function parseFilter(query: string): ParsedFilter {
  const problems: string[] = []
  if (query.length > MAX_QUERY_LENGTH)
    return {
      filter: {},
      problems: [`The filter is longer than ${MAX_QUERY_LENGTH} characters and was not applied.`],
    }
  let filter: Filter = {}
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair.trim() === '') continue
    const at = pair.indexOf('=')
    const key = decode(at < 0 ? pair : pair.slice(0, at)).trim()
    const text = at < 0 ? '' : pair.slice(at + 1).trim()
    if (VIEW_KEYS.has(key)) continue
    if (!isFacetName(key)) {
      problems.push(`There is no facet "${key}"; facets are ${FACET_NAMES.join(', ')}.`)
    } else if (filter[key] !== undefined) {
      problems.push(`The facet ${key} is given twice; the first one counts.`)
    } else if (isRangeFacet(key)) {
      const range = parseRange(decode(text), FACETS[key].integer)
      if (range) filter = withRange(filter, key, range)
      else
        problems.push(
          `"${decode(text)}" is no range for ${key}; write it like ${FACETS[key].example}.`,
        )
    } else {
      const values = text
        .split(',')
        .map(decode)
        .filter(value => value !== '')
      if (values.length > 0) filter = withValues(filter, key, values)
      else problems.push(`The facet ${key} has no value; write it like ${FACETS[key].example}.`)
    }
  }
  return { filter, problems }
}

/** Filter → canonical query string without "?": facets in the grammar's order, values sorted. */
export function formatFilter(filter: Filter): string {
  return FACET_NAMES.flatMap(name => {
    if (isRangeFacet(name)) {
      const range = filter[name]
      return range ? [`${name}=${range.min ?? ''}..${range.max ?? ''}`] : []
    }
    const values = filter[name]
    return values ? [`${name}=${values.map(encode).join(',')}`] : []
  }).join('&')
}

const isFacetName = (key: string): key is FacetName => Object.hasOwn(FACETS, key)

// A comma separates values, so one inside a value stays percent-encoded.
const encode = (value: string) => encodeURIComponent(value).replaceAll('%20', '+')

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
function parseRange(text: string, integer: boolean): Range | null {
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
