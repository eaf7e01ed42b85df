import { command, shownPlace } from '../command-name.node.ts'
import { UserError } from '../errors'
import { type Manifest, parseManifest } from '../manifest/manifest'
import { placeName } from '../manifest/place-name'
import { assertChecksum } from './checksum.node.ts'

/**
 * Parse the bytes of a manifest.json. Fails if any byte has changed since the file was written.
 *
 * @param where Path or URL for the message.
 * @param dir Local folder of the manifest, if there is one.
 * @throws UserError that describes the problem and the fix.
 */
export function checkedManifest(
  bytes: Uint8Array,
  where: string,
  dir?: string,
): { readonly manifest: Manifest; readonly text: string } {
  const text = textOf(bytes, where)
  const upgrade = dir && command('upgrade', '--manifest', shownPlace(dir))
  const manifest = parseManifest(text, where, upgrade)
  assertChecksum(text, where)
  return { manifest: withoutFolders(manifest), text }
}

/** Removes the absolute paths that version 0.1 wrote into manifests. */
function withoutFolders(manifest: Manifest): Manifest {
  const { source, measured } = manifest
  return {
    ...manifest,
    source: placeName(source),
    ...(measured && { measured: { ...measured, source: placeName(measured.source) } }),
  }
}

/** Decodes strictly: different bytes never give the same text. The checksum then covers every byte. */
function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new UserError(`${where}: not UTF-8; copy it again, or write the manifest again`, 1, {
      cause,
    })
  }
}
