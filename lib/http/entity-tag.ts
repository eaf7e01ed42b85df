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
 * Whether an If-Range header allows a partial answer (RFC 9110, 13.1.5): without the header, or if it is exactly
 * this tag. Dates never match, because no Last-Modified is sent.
 */
export const allowsRange = (ifRange: string | null, tag: string): boolean =>
  ifRange === null || ifRange.trim() === tag
