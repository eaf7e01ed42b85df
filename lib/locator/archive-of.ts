import { type Archive, archiveFacts } from '../archive/archive'
import type { Manifest } from '../manifest/manifest'

/**
 * Create the property `archive` of a manifest, which identifies the archive of the locator.
 *
 * @param prefix Folder of the release within the archive, with a trailing slash; empty for the top.
 */
export const archiveOf = (archive: Archive, prefix: string): NonNullable<Manifest['archive']> => {
  const { parts, entries, directoryBytes } = archiveFacts(archive)
  return { prefix, parts: [...parts], entries, directoryBytes }
}
