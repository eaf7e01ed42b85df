import { createHash } from 'node:crypto'
import { UserError } from '../errors'
import type { Manifest } from '../manifest/manifest'

const EMPTY = '0'.repeat(64)

/** Within a JSON string its quotes would be escaped, so this is found in its own place only. */
const CHECKSUM = /"checksum"\s*:\s*"([0-9a-f]{64})"/g

/**
 * A manifest as the text of its manifest.json. Its last key is `checksum`: the SHA-256 of the whole
 * text with 64 zeros in the checksum's place, so that every byte of it counts.
 *
 * @param manifest Of this version of the format, or an older one.
 */
export function formatManifest<Written extends Pick<Manifest, 'format'>>(
  manifest: Written,
): string {
  const text = `${JSON.stringify({ ...manifest, checksum: EMPTY }, null, 1)}\n`
  const at = text.lastIndexOf(EMPTY)
  return text.slice(0, at) + sha256(text) + text.slice(at + EMPTY.length)
}

/**
 * @param where Path or URL for the message.
 * @throws UserError unless the text has the checksum that it names.
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
