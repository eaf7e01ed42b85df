import { type Archive, archiveFacts } from '../archive/archive'
import type { Manifest } from '../manifest/manifest'

/**
 * The entry `archive` of a manifest, which identifies the archive of its locator.
 *
 * @param prefix Folder of the release within the archive, with its slash; empty for the top.
 */
export const archiveOf = (archive: Archive, prefix: string): NonNullable<Manifest['archive']> => {
  const { parts, entries, directoryBytes } = archiveFacts(archive)
  return { prefix, parts: [...parts], entries, directoryBytes }
}
