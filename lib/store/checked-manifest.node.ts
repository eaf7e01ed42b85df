import { command, shownPlace } from '../command-name.node.ts'
import { UserError } from '../errors'
import { type Manifest, parseManifest } from '../manifest/manifest'
import { placeName } from '../manifest/place-name'
import { assertChecksum } from './checksum.node.ts'

/**
 * Bytes of a manifest.json → manifest, and its text. Any byte that is another than was written makes
 * it fail.
 *
 * @param where Path or URL for the message.
 * @param dir Folder of it on this machine, if it has one.
 * @throws UserError that says what is wrong with the file and what to do.
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

/** Manifests of version 0.1 have absolute paths of the machine that wrote them. */
function withoutFolders(manifest: Manifest): Manifest {
  const { source, measured } = manifest
  return {
    ...manifest,
    source: placeName(source),
    ...(measured && { measured: { ...measured, source: placeName(measured.source) } }),
  }
}

/** Exactly: no two contents have the same text. */
function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new UserError(`${where}: not UTF-8; copy it again, or write the manifest again`, 1, {
      cause,
    })
  }
}
