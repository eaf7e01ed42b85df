import { UserError } from '../errors'

export const isUrl = (location: string): boolean => /^https?:\/\//i.test(location)

/** A location without the query and the fragment of its URL, which may be secret. */
export const withoutQuery = (location: string): string =>
  isUrl(location) ? location.replace(/[?#].*$/s, '') : location

/**
 * Locations of the parts of a split archive, in the order of their numbers: `.z01`, `.z02`, …, `.z100`, …,
 * `.zip`, as Info-ZIP names them.
 *
 * @param location Path or http(s) URL of the `.zip`; its query is kept.
 * @param count Number of parts, including the `.zip`.
 */
export function partLocations(location: string, count: number): string[] {
  const { stem, extension, rest } = splitLocation(location)
  const letter = extension.slice(1, 2)
  return [
    ...Array.from(
      { length: count - 1 },
      (_, i) => `${stem}.${letter}${String(i + 1).padStart(2, '0')}${rest}`,
    ),
    location,
  ]
}

/** @throws UserError unless the location ends in `.zip`. */
export function checkLocation(location: string): void {
  splitLocation(location)
  if (!isUrl(location)) return
  if (!URL.canParse(location)) throw new UserError(`${location}: not a URL`)
  const { username, password, host, pathname } = new URL(location)
  if (username || password)
    throw new UserError(
      `${host}${pathname}: the URL has a user name or password, which cannot be sent; use a URL without them`,
    )
}

/** Archives of other programs, and their volumes. */
const OTHER_ARCHIVE = /\.(7z|rar|tar|tgz|gz|xz|bz2|zst)([._-]?\d+)?$/i

function splitLocation(location: string) {
  const pattern = isUrl(location) ? /^([^?#]*)(\.zip)([?#].*)?$/i : /^(.*)(\.zip)$/is
  const match = pattern.exec(location)
  if (match) return { stem: match[1] ?? '', extension: match[2] ?? '', rest: match[3] ?? '' }
  if (/\.z\d{2,}([?#].*)?$/i.test(location))
    throw new UserError(`${location}: one part of a split archive; give its .zip`)
  if (!isUrl(location) && OTHER_ARCHIVE.test(location))
    throw new UserError(
      `${location}: not a .zip; other archives are not read: unpack it and give the release's folder`,
    )
  throw new UserError(`${location}: not a .zip`)
}
