import { createHash } from 'node:crypto'
import { UserError } from '../errors'
import type { Manifest } from '../manifest/manifest'

const EMPTY = '0'.repeat(64)

/** Matches only the key itself: inside a JSON string, the quotes would be escaped. */
const CHECKSUM = /"checksum"\s*:\s*"([0-9a-f]{64})"/g

/**
 * Format a manifest as the text of manifest.json. The last key is `checksum`, the SHA-256 of the complete text.
 * For the hash, 64 zeros stand in place of the checksum, so the checksum covers every other byte.
 *
 * @param manifest A manifest of this version of the format, or of an older version.
 */
export function formatManifest<Written extends Pick<Manifest, 'format'>>(
  manifest: Written,
): string {
  const text = `${JSON.stringify({ ...manifest, checksum: EMPTY }, null, 1)}\n`
  const at = text.lastIndexOf(EMPTY)
  return text.slice(0, at) + sha256(text) + text.slice(at + EMPTY.length)
}

/**
 * Check that the text of a manifest.json matches the checksum in it.
 *
 * @param where Path or URL for the message.
 * @throws UserError if the checksum is missing, repeated or wrong.
 */
export function assertChecksum(text: string, where: string): void {
  const [found, ...others] = text.matchAll(CHECKSUM)
  if (!found?.[1] || others.length > 0)
    throw new UserError(`${where}: must have exactly one key "checksum"; write the manifest again`)
  const at = found.index + found[0].length - 1 - EMPTY.length
  if (sha256(text.slice(0, at) + EMPTY + text.slice(at + EMPTY.length)) !== found[1])
    throw new UserError(
      `${where}: the checksum does not match; copy the manifest again, or write it again`,
    )
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
