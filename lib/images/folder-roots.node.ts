import { readlink, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { UserError } from '../errors'
import { OutsideLink } from './image-fault'

/** The folders of an image folder that may be read: whatever a name leads to must lie in one of them. */
export interface FolderRoots {
  /** Absolute paths without links, sorted. */
  readonly roots: readonly string[]
  /**
   * The file that a name leads to, as an absolute path without links.
   *
   * @param path Within the image folder.
   * @throws OutsideLink if it lies in no root; the disk's errors as they are.
   */
  resolve(path: string): Promise<string>
}

/** Folders of a release that may be links, for each is often on a disk of its own. */
const LINKED = ['images', 'masks']

/**
 * The roots of an image folder: itself, what its `images/` and `masks/` are if they are links, and further folders that
 * the user allows. Junctions of Windows are links like others.
 *
 * @param dir Absolute path without links.
 * @param allowed Values of --allow-root.
 * @throws UserError for an allowed folder that does not exist.
 */
export async function folderRoots(dir: string, allowed: readonly string[]): Promise<FolderRoots> {
  const linked = LINKED.map(name => realpath(join(dir, name)).catch(() => null))
  const found = [dir, ...(await Promise.all(linked)), ...(await Promise.all(allowed.map(allow)))]
  const roots = [...new Set(found.filter(root => root !== null))].toSorted()
  return {
    roots,
    async resolve(path) {
      const real = await realpath(join(dir, path))
      if (!roots.some(root => isWithin(root, real))) throw new OutsideLink(path, real)
      return real
    },
  }
}

/**
 * Refuses a release folder whose `masks` leads nowhere, for its masks are not missing: their disk is. A folder without
 * `masks` has images alone, which is fine.
 *
 * @throws UserError for a link that leads nowhere or in a circle, and for anything that is not a folder.
 */
export async function assertMasksFolder(dir: string): Promise<void> {
  const masks = join(dir, 'masks')
  const target = await readlink(masks).catch(() => null)
  const status = await stat(masks).catch(() => null)
  if (status?.isDirectory() || (!status && target === null)) return
  throw new UserError(
    target === null
      ? `${masks}: not a folder; the release has its masks there`
      : `${masks}: a link to ${target}, where no folder can be found; connect the disk with the masks, or correct the link`,
  )
}

async function allow(dir: string): Promise<string> {
  const real = await realpath(dir).catch(cause => {
    throw new UserError(
      `--allow-root ${dir}: ${cause.code === 'ENOENT' ? 'not found' : cause.message}`,
      2,
      { cause },
    )
  })
  if (!(await stat(real)).isDirectory()) throw new UserError(`--allow-root ${dir}: not a folder`, 2)
  return real
}

/** The root of a disk ends in a separator already. */
const isWithin = (root: string, path: string) =>
  path.startsWith(root.endsWith(sep) ? root : root + sep)
