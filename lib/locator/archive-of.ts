import { type Archive, archiveFacts } from '../archive/archive'
import type { Manifest } from '../manifest/manifest'

/**
 * What a manifest keeps of the archive that its locator is of.
 *
 * @param prefix Folder of the release within the archive, with its slash; empty for the top.
 */
export const archiveOf = (archive: Archive, prefix: string): NonNullable<Manifest['archive']> => {
  const { parts, entries, directoryBytes } = archiveFacts(archive)
  return { prefix, parts: [...parts], entries, directoryBytes }
}
