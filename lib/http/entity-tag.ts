/**
 * Whether an If-None-Match header names the tag (RFC 9110, 13.1.2; weak comparison).
 *
 * @param header Value of If-None-Match, or null.
 * @param tag A strong entity tag with its quotes.
 */
export function namesTag(header: string | null, tag: string): boolean {
  if (header === null) return false
  if (header.trim() === '*') return true
  return header.split(',').some(item => item.trim().replace(/^W\//, '') === tag)
}

/**
 * Whether a partial answer may be given under an If-Range header (RFC 9110, 13.1.5): without one,
 * or when it is this very tag. Dates never match, for no Last-Modified is sent.
 */
export const allowsRange = (ifRange: string | null, tag: string): boolean =>
  ifRange === null || ifRange.trim() === tag
