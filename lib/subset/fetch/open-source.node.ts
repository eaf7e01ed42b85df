import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Archive } from '../../archive/archive'
import { type OpenOptions, openArchive } from '../../archive/open-archive.node.ts'
import { isUrl } from '../../archive/part-names'
import { namesArchive } from '../../archive/piece-names'
import { UserError } from '../../errors'
import { type DirectoryStore, openDirectoryStore } from '../../images/directory-store.node.ts'
import { assertMasksFolder } from '../../images/folder-roots.node.ts'

/** An archive or a release's folder, opened. */
export type OpenSource =
  | { readonly kind: 'archive'; readonly archive: Archive }
  | { readonly kind: 'folder'; readonly store: DirectoryStore }

/** Options. Those of an archive are ignored for folders; `allowRoots` is for folders. */
export interface FetchSourceOptions extends Pick<OpenOptions, 'http' | 'facts' | 'signal'> {
  /** Further folders that links in the folder may lead to. */
  readonly allowRoots?: readonly string[]
}

/**
 * Open the source of a fetch.
 *
 * @param place The release's ZIP (path or URL) or folder.
 * @throws UserError that begins with the place.
 */
export async function openFetchSource(
  place: string,
  { allowRoots = [], ...options }: FetchSourceOptions,
): Promise<OpenSource> {
  if (place === 'phantom')
    throw new UserError(
      `${place}: simulated pictures are drawn, not fetched; give the release's ZIP or folder`,
      2,
    )
  const found = isUrl(place) ? null : await stat(place).catch(() => null)
  if (!found?.isDirectory()) {
    if (!namesArchive(place) && !found)
      throw new UserError(
        `${place}: not found; give the release's .zip (path or URL) or its folder`,
      )
    if (allowRoots.length > 0)
      throw new UserError(
        `${place}: only a release folder has links; leave out --allow-root ${allowRoots[0]}`,
        2,
      )
    return { kind: 'archive', archive: await openArchive(place, options) }
  }
  const folder = await releaseIn(place)
  await assertMasksFolder(folder)
  return { kind: 'folder', store: await openDirectoryStore(folder, allowRoots) }
}

/** @throws UserError for a folder that is not a release. The message says what the folder contains. */
async function releaseIn(dir: string): Promise<string> {
  const names = await readdir(dir)
  if (names.includes('images') || names.includes('masks')) return resolve(dir)
  const inner = 'SAMed2Dv1'
  if (names.includes(inner))
    throw new UserError(`${dir}: the release is in a folder of it; give ${join(dir, inner)}`)
  const zip = names.find(name => /\.zip(\.001)?$/i.test(name))
  if (zip !== undefined)
    throw new UserError(`${dir}: a folder with an archive in it; give ${join(dir, zip)}`)
  throw new UserError(`${dir}: has no folder "images"; give the release's .zip or its folder`)
}
